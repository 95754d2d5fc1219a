package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReloadTest {
    @TempDir
    private Path folder;

    private final CapturedLog log = CapturedLog.of(Reload.class);
    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder).withFile("echo-server.json", "{}");
    }

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    private void reloadWith(String config) {
        cli.whileRunning(() -> {
            cli.withFile("echo-server.json", config);
            cli.reload();
        });
        assertThat(cli.run("start")).isZero();
    }

    @Test
    void takesOverTheLogLevel() {
        reloadWith("{\"devMode\":true}");

        assertThat(cli.trace).containsExactly("start port=6001 devMode=false", "log in detail", "reload", "close");
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    void namesWhatNeedsARestart() {
        reloadWith("{\"port\":6002,\"drainSeconds\":1,\"socketio\":{\"pingInterval\":1}}");

        assertThat(log.lines(Level.WARN))
                .containsExactly("Changed, but only in force after a restart: drainSeconds, port, socketio");
    }

    @Test
    void changesNothingIfTheFileHasMistakes() {
        reloadWith("{\"port\":\"x\",\"devMode\":true}");

        assertThat(cli.trace).containsExactly("start port=6001 devMode=false", "close");
        assertThat(log.lines(Level.ERROR))
                .singleElement()
                .asString()
                .contains("Not reloaded, all stays as it was", "$.port: is \"x\"");
    }

    @Test
    void opensTheLogFileAnewEvenIfTheFileHasMistakes() {
        cli.withFile("echo-server.json", "{\"devMode\":true}");
        reloadWith("{\"port\":\"x\"}");

        assertThat(cli.trace)
                .containsExactly("log in detail", "start port=6001 devMode=true", "log in detail", "close");
    }
}
