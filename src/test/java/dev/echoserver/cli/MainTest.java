package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strat --help",
                "strat -h",
                "strat --version",
                "--help strat",
                "strat start --help",
                "strat --no --help"
            })
    void refusesAnUnknownCommandWhateverStandsBesideIt(String arguments) {
        assertThat(cli.run(arguments.split(" "))).isEqualTo(1);
        assertThat(cli.err().lines()).hasSize(2).last().isEqualTo("Did you mean: echo-server start?");
        assertThat(cli.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"doc, doctor", "client, client:add", "stopp, stop", "Config, config"})
    void namesTheNearestCommand(String word, String command) {
        assertThat(cli.run(word, "--help")).isEqualTo(1);
        assertThat(cli.err()).contains("Did you mean: echo-server " + command + "?");
    }

    @Test
    void showsTheUsageWhereNoCommandIsNear() {
        assertThat(cli.run("nonsense", "--help")).isEqualTo(1);
        assertThat(cli.err()).contains("Unknown: nonsense", "Usage: echo-server", "doctor");
    }

    @Test
    void suggestsAnOptionForAMistypedOne() {
        assertThat(cli.run("init", "--forse")).isEqualTo(1);
        assertThat(cli.err()).contains("--forse", "--force");
    }

    @ParameterizedTest
    @CsvSource({
        "start --forse, 'Notice: --forse: not known, without effect. Did you mean --force?'",
        "start --redis-pasword=s3cret now, 'Notice: --redis-pasword: not known, without effect. '",
        "start now, 'Notice: now: not known, without effect. '",
        "start --silent --colour s3cret --dev, 'Notice: --silent, --colour: not known, without effect. '"
    })
    void startsInSpiteOfWhatItDoesNotKnow(String arguments, String notice) {
        assertThat(cli.withFile("echo-server.json", "{}").run(arguments.split(" ")))
                .as(cli.err())
                .isZero();
        assertThat(cli.err()).contains(notice).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"--dev=true, true", "--dev, true", "--dev=false, false"})
    void takesAFlagWithAValueAsLaravelEchoServerDid(String option, boolean isOn) {
        assertThat(cli.withFile("echo-server.json", "{}").run("start", option, "--force=true"))
                .as(cli.err())
                .isZero();
        assertThat(cli.started().devMode()).isEqualTo(isOn);
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
