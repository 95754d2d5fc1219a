package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate is renewed under the packaged program while browsers are connected. */
final class CertificateRenewalIT {
    private static final int CLIENTS = 100;
    private static final Duration RENEWAL = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private OpenSsl openssl;
    private LocalRedis redis;

    @BeforeEach
    void start() throws IOException {
        openssl = OpenSsl.in(folder).authority().issue("first").issue("second");
        use("first");
        redis = RedisFixture.local();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    private void use(String name) throws IOException {
        replace(name + ".pem", "live.pem");
        replace(name + ".key", "live.key");
    }

    private void replace(String source, String target) throws IOException {
        Files.copy(openssl.file(source), openssl.file(target), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void newConnectionsGetTheNewCertificateAndNoneIsDropped() throws IOException {
        InstalledProgram program = InstalledProgram.in(folder)
                .configured("{\"port\":0,\"protocol\":\"https\",\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}," + openssl.settings("live") + "}");
        try (RunningProgram server = program.startServer();
                Laravel laravel = Laravel.on(redis.settings());
                NodeProcess watchers = NodeProcess.start(
                        "watch.mjs",
                        "--url",
                        "https://127.0.0.1:" + InstalledProgram.portOf(server),
                        "--ca",
                        openssl.file("ca.pem").toString(),
                        "--clients",
                        Integer.toString(CLIENTS))) {
            watchers.awaitLine("connected", RENEWAL);
            Numbers numbers = new Numbers(laravel, watchers);
            numbers.areHeard();
            assertThat(certificate(server)).contains("CN = first");

            use("second");
            Awaitility.await().atMost(RENEWAL).until(() -> certificate(server).contains("CN = second"));
            numbers.areHeard();

            replace("first.key", "live.key");
            server.awaitRestOf("The changed certificate is not used, the old one stays: sslKeyPath: ");
            assertThat(certificate(server)).contains("CN = second");
            numbers.areHeard();
            assertThat(watchers.lines()).noneMatch(line -> line.startsWith("fault"));
        }
    }

    private String certificate(RunningProgram server) {
        return openssl.tryTo("s_client -connect 127.0.0.1:" + InstalledProgram.portOf(server) + " -CAfile ca.pem");
    }

    /** Ascending numbers on the channel that the clients watch. */
    private static final class Numbers {
        private final Laravel laravel;
        private final NodeProcess watchers;
        private int last;

        Numbers(Laravel laravel, NodeProcess watchers) {
            this.laravel = laravel;
            this.watchers = watchers;
        }

        /** Publishes until one has come to every client. */
        void areHeard() {
            int first = last + 1;
            Awaitility.await().atMost(RENEWAL).until(() -> {
                last++;
                laravel.publish(
                        LaravelVersion.V13, "", "news", "{\"event\":\"number\",\"data\":" + last + ",\"socket\":null}");
                laravel.flush();
                return watchers.lines().stream()
                        .filter(line -> line.startsWith("heard "))
                        .mapToInt(line -> Integer.parseInt(line.substring("heard ".length())))
                        .anyMatch(heard -> heard >= first);
            });
        }
    }
}
