package dev.echoserver.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class CompletionTest {
    @TempDir
    private Path folder;

    private static CommandSpec program() {
        CommandSpec start = CommandSpec.create()
                .name("start")
                .aliases("run")
                .addOption(option("FILE", "-c", "--config"))
                .addOption(option("FOLDER", "--dir"))
                .addOption(option("PORT", "--port"));
        start.usageMessage().description("Start: the \"server\" [it's easy].");
        CommandSpec secret = CommandSpec.create();
        secret.usageMessage().hidden(true);
        return CommandSpec.create()
                .name("echo-server")
                .addOption(OptionSpec.builder("-h", "--help").build())
                .addSubcommand("start", start)
                .addSubcommand("client:add", CommandSpec.create().name("client:add"))
                .addSubcommand("secret", secret);
    }

    private static OptionSpec option(String label, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description("What it's for [" + label + "]: all.")
                .build();
    }

    private List<String> outputOf(String... command) {
        try (RunningProgram shell = RunningProgram.start(folder, Map.of("HOME", folder.toString()), command)) {
            assertThat(shell.exitCode()).as(shell.output()).isZero();
            return shell.output().lines().toList();
        }
    }

    @Nested
    final class Bash {
        private List<String> complete(String line) throws IOException {
            Requirement.program("bash");
            Path script = Files.writeString(folder.resolve("echo-server"), BashCompletion.of(program()));
            return outputOf(
                    "bash",
                    "-c",
                    "compopt() { :; }; . \"$1\"; COMP_LINE=$2 COMP_POINT=${#2}; _echo_server; printf '%s\\n' \"${COMPREPLY[@]}\"",
                    "bash",
                    script.toString(),
                    line);
        }

        @Test
        void completesCommands() throws IOException {
            assertThat(complete("echo-server st")).containsExactly("start");
            assertThat(complete("echo-server ")).containsExactly("start", "run", "client:add", "-h", "--help");
        }

        @Test
        void completesBehindAColon() throws IOException {
            assertThat(complete("echo-server client:a")).containsExactly("add");
        }

        @Test
        void completesTheOptionsOfACommandByAllItsNames() throws IOException {
            assertThat(complete("echo-server start --")).containsExactly("--config", "--dir", "--port");
            assertThat(complete("echo-server run --port 1 --c")).containsExactly("--config");
        }

        @Test
        void leavesFilesToBash() throws IOException {
            assertThat(complete("echo-server start --config ")).containsExactly("");
        }
    }

    @Nested
    final class Zsh {
        @Test
        void completesCommandsAndOptions() throws IOException {
            Requirement.program("zsh");
            Files.writeString(folder.resolve("_echo-server"), ZshCompletion.of(program()));

            assertThat(complete("echo-server sta")).contains("<start>");
            assertThat(complete("echo-server client")).contains("<client:add>");
            assertThat(complete("echo-server start --con")).contains("<start --config>");
        }

        /** What is executed. In a terminal of its own, because zsh completes only there. */
        private String complete(String line) {
            return String.join("\n", outputOf("zsh", "-f", "-c", """
                            zmodload zsh/zpty
                            zpty shell zsh -f -i
                            zpty -w shell "fpath=($1 \\$fpath); autoload -Uz compinit; compinit -D -u
                                echo-server() { print -r \\"<\\$*>\\" }"
                            zpty -w shell 'print re''ady'
                            zpty -r shell seen '*ready*'
                            zpty -w shell "$2"$'\\t'
                            zpty -r shell seen '*<*>*'
                            print -r -- $seen
                            zpty -d shell
                            """, "zsh", folder.toString(), line));
        }
    }
}
