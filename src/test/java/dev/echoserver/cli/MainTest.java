package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
    @TempDir
    private Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder);
    }

    @Test
    void withoutACommandShowsTheUsage() {
        assertThat(cli.run()).isEqualTo(1);
        assertThat(cli.err()).contains("Usage: echo-server", "start", "stop", "init, configure", "publish");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void suggestsACommandForAMistypedOne() {
        assertThat(cli.run("strat")).isEqualTo(1);
        assertThat(cli.err()).contains("Unknown: strat", "Did you mean", "start");
    }

    @Test
    void suggestsAnOptionForAMistypedOne() {
        assertThat(cli.run("start", "--forse")).isEqualTo(1);
        assertThat(cli.err()).contains("--forse", "--force");
    }

    @Test
    void namesTheHelpOfACommandThatIsUsedWrongly() {
        assertThat(cli.run("start", "--port")).isEqualTo(1);
        assertThat(cli.err().lines())
                .containsExactly(
                        "Missing required parameter for option '--port' (PORT)", "Help: echo-server start --help");
    }

    @Test
    void tellsItsVersion() {
        assertThat(cli.run("--version")).isZero();
        assertThat(cli.out()).matches("echo-server \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start",
                "stop",
                "init",
                "configure",
                "config",
                "client:add",
                "client:remove",
                "publish",
                "doctor"
            })
    void helpsWithEachCommand(String command) {
        assertThat(cli.run(command, "--help")).isZero();
        assertThat(cli.out())
                .contains("Usage: echo-server " + command.replace("configure", "init"), "Example", "-h, --help");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void showsABugAsABug() {
        cli.withFile("echo-server.json", "{}").whileRunning(() -> {
            throw new IllegalStateException("boom");
        });

        assertThat(cli.run("start")).isEqualTo(1);
        assertThat(cli.err()).contains("This is a bug", "boom");
    }
}
