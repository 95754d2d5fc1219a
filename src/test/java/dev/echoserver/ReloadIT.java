package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SIGHUP does to the packaged program. */
final class ReloadIT {
    @TempDir
    private Path folder;

    private LocalRedis redis;
    private InstalledProgram program;
    private OpenSsl openssl;

    @BeforeEach
    void prepare() {
        redis = RedisFixture.local();
        program = InstalledProgram.in(folder);
        openssl = OpenSsl.in(folder).authority().issue("first").issue("second");
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    private String config(String certificate, String more) {
        return "{\"port\":0,\"drainSeconds\":0,\"https\":{\"port\":0},\"databaseConfig\":{\"redis\":{\"port\":"
                + redis.settings().port() + "}}," + openssl.settings(certificate) + more + "}";
    }

    @Test
    void takesOverCertificateAndLogLevelAndNamesWhatNeedsARestart() {
        try (RunningProgram server = program.configured(config("first", "")).startServer();
                RawClient client = RawClient.connect(InstalledProgram.portOf(server), 4)) {
            program.configured(
                    config("second", ",\"devMode\":true,\"limits\":{\"eventsPerSecond\":7},\"headers\":{\"a\":\"b\"}"));
            server.signal("HUP");

            server.awaitRestOf("Certificate in use: ServerCertificate[subject=CN=second");
            assertThat(server.awaitRestOf("Changed, but only in force after a restart: "))
                    .isEqualTo("headers, limits");
            client.subscribe("news");
            server.awaitRestOf(" DEBUG ");
        }
    }

    @Test
    void keepsEverythingIfTheFileIsBroken() {
        try (RunningProgram server = program.configured(config("first", "")).startServer();
                RawClient client = RawClient.connect(InstalledProgram.portOf(server), 4)) {
            program.configured("{\"port\":\"x\",\"devMode\":true");
            server.signal("HUP");
            server.awaitRestOf("Not reloaded, all stays as it was. ");

            program.configured(config("none", ",\"devMode\":true"));
            server.signal("HUP");
            server.awaitRestOf("none.pem does not exist");

            assertThat(server.output()).doesNotContain("Reloaded", " DEBUG ");
            server.terminate();
            client.awaitClosed();
            assertThat(server.exitCode()).isZero();
        }
    }
}
