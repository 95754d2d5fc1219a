package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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

            server.awaitRestOf("Certificate in use: subject=\"CN=second");
            assertThat(server.awaitRestOf("Changed, but only in force after a restart: "))
                    .isEqualTo("headers, limits");
            client.subscribe("news");
            server.awaitRestOf(" DEBUG ");
        }
    }

    @Test
    void takesOverWhoMayUseTheApi() throws IOException, InterruptedException {
        try (RunningProgram server =
                program.configured(config("first", client("old"))).startServer()) {
            assertThat(status(server, "old")).isEqualTo(200);

            program.configured(config("first", client("new")));
            server.signal("HUP");
            server.awaitRestOf("Reloaded the configuration");

            assertThat(status(server, "old")).isEqualTo(403);
            assertThat(status(server, "new")).isEqualTo(200);
        }
    }

    private static String client(String key) {
        return ",\"clients\":[{\"appId\":\"app\",\"key\":\"" + key + "\"}]";
    }

    private static int status(RunningProgram server, String key) throws IOException, InterruptedException {
        URI channels = URI.create(
                "http://127.0.0.1:" + InstalledProgram.portOf(server) + "/apps/app/channels?auth_key=" + key);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(channels).build(), BodyHandlers.discarding())
                .statusCode();
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
