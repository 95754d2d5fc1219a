package dev.echoserver.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

final class ManPageTest {
    @TempDir
    private Path folder;

    private static CommandSpec program() {
        CommandSpec publish = CommandSpec.create()
                .name("publish")
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("CHANNEL")
                        .description("The channel.")
                        .build())
                .addOption(OptionSpec.builder("--redis-host")
                        .type(String.class)
                        .paramLabel("HOST")
                        .description("The host.")
                        .build());
        publish.usageMessage()
                .description("Publish an event.", ".dots and \\backslashes stay.")
                .footer("", "Example:", "  echo-server publish orders …");
        return CommandSpec.create().name("echo-server").addSubcommand("publish", publish);
    }

    @Test
    void isReadByGroffWithoutAWarningAndShowsAllThereIs() throws IOException {
        Requirement.program("groff");
        String page = ManPage.of(program(), "1.2.3");
        Path file = Files.writeString(folder.resolve("echo-server.1"), page);

        try (RunningProgram groff = RunningProgram.start(
                folder, Map.of("GROFF_NO_SGR", "1"), "groff", "-man", "-ww", "-Tutf8", "-P-cbou", file.toString())) {
            assertThat(groff.exitCode()).isZero();
            assertThat(groff.output())
                    .doesNotContain("warning")
                    .contains("echo-server 1.2.3", "echo-server publish [options] CHANNEL", "--redis-host HOST")
                    .contains(".dots and \\backslashes stay.", "\n         echo-server publish orders …\n", "SIGHUP");
        }
    }
}
