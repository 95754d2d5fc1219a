package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.Fleet;
import dev.echoserver.testing.Fleet.Published;
import dev.echoserver.testing.HttpReply;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with certificates of its own: who may connect, and that nothing is lost on the way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsIT {
    private static final int CLIENTS = 18;
    private static final int MESSAGES = 600;
    private static final List<String> CHANNELS = List.of("news", "orders", "grüße");

    @TempDir
    private static Path folder;

    private OpenSsl openssl;
    private LocalRedis redis;
    private StubApplication application;
    private RunningProgram server;

    @BeforeAll
    void start() throws IOException {
        openssl = OpenSsl.in(folder).authority().issue("server");
        redis = RedisFixture.local();
        application = StubApplication.start();
        server = server("main", "\"protocol\":\"https\",\"authHost\":\"" + application.url() + "\"");
    }

    @AfterAll
    void stop() {
        server.close();
        application.close();
        redis.close();
    }

    @AfterEach
    void nothingIsLogged() {
        assertThat(server.output()).doesNotContain("LEAK", " ERROR ", " WARN ", "Exception");
    }

    private RunningProgram server(String name, String more) throws IOException {
        return InstalledProgram.in(Files.createDirectories(folder.resolve(name)))
                .with("ECHO_SERVER_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid")
                .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}," + openssl.settings("server") + "," + more + "}")
                .startServer();
    }

    /** What a client that speaks only {@code version}, such as {@code -tls1_2}, is told. */
    private String connect(RunningProgram server, String version) {
        return openssl.tryTo("s_client -connect 127.0.0.1:" + InstalledProgram.portOf(server)
                + " -CAfile ca.pem -verify_return_error -cipher DEFAULT@SECLEVEL=0 " + version);
    }

    @Test
    void everyMessageReachesClientsOfAllGenerations() {
        try (Laravel laravel = Laravel.on(redis.settings());
                Fleet fleet = Fleet.connectEncrypted(
                        InstalledProgram.portOf(server), openssl.file("ca.pem"), CLIENTS, CHANNELS, List.of("burst"))) {
            fleet.awaitSubscribed(() -> onAllChannels(laravel, Fleet.PROBE));
            fleet.expect(publish(laravel));
            onAllChannels(laravel, Fleet.END);

            Fleet.Result result = fleet.result();
            assertThat(result.exitCode())
                    .as(() -> String.join("\n", result.output()))
                    .isZero();
            assertThat(result.summary().path("deliveries").asLong()).isEqualTo((long) CLIENTS * MESSAGES * 2 / 3);
        }
    }

    /** In bursts, and of many sizes: what waits for a socket is encrypted together. */
    private static List<Published> publish(Laravel laravel) {
        List<Published> published = new ArrayList<>();
        for (int number = 0; number < MESSAGES; number++) {
            String channel = CHANNELS.get(number % CHANNELS.size());
            String data = "{\"n\":" + number + ",\"text\":\"" + "ä".repeat(number * 7 % 3000) + "\"}";
            laravel.publish(
                    LaravelVersion.V13, "", channel, "{\"event\":\"burst\",\"data\":" + data + ",\"socket\":null}");
            published.add(new Published(channel, "burst", data, Optional.empty()));
        }
        return published;
    }

    private static void onAllChannels(Laravel laravel, String payload) {
        CHANNELS.forEach(channel -> laravel.publish(LaravelVersion.V13, "", channel, payload));
        laravel.flush();
    }

    @Test
    void outdatedVersionsAreRefused() {
        assertThat(connect(server, "-tls1_3")).contains("Verify return code: 0 (ok)", "TLSv1.3");
        assertThat(connect(server, "-tls1_2")).contains("Verify return code: 0 (ok)", "TLSv1.2");
        assertThat(connect(server, "-tls1_1")).contains("alert protocol version");
        assertThat(connect(server, "-tls1")).contains("alert protocol version");
    }

    @Test
    void secureOptionsSwitchVersionsOff() throws IOException {
        int noTls12 = 0x0800_0000;
        try (RunningProgram strict =
                server("strict", "\"protocol\":\"https\",\"secureOptions\":" + (67_108_864 | noTls12))) {
            assertThat(connect(strict, "-tls1_3")).contains("Verify return code: 0 (ok)");
            assertThat(connect(strict, "-tls1_2")).contains("alert protocol version");
        }
    }

    @Test
    void plainHttpIsToldSoAndNoiseIsNotLogged() throws IOException {
        int port = InstalledProgram.portOf(server);
        try (RawConnection plain = RawConnection.to(port)) {
            HttpReply reply = plain.write(RawConnection.request("GET", "/")).reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).contains("https://");
            assertThat(plain.awaitEnd()).isZero();
        }
        try (RawConnection noise = RawConnection.to(port)) {
            noise.write("\u0016\u0003\u0001\u0000\u0005hello").awaitEnd();
        }
    }

    @Test
    void laravelIsToldThatTheBrowserCameOverTls() {
        try (RawClient client =
                RawClient.connectEncrypted(InstalledProgram.portOf(server), openssl.trust(), Map.of())) {
            client.subscribeAs("alice", "private-a");
            Awaitility.await().until(() -> application.questionCount() > 0);

            assertThat(application.questions().get(0).header("x-forwarded-proto"))
                    .contains("https");
        }
    }

    @Test
    void aSecondPortSpeaksTlsBesidesTheFirst() throws IOException {
        try (RunningProgram both = server("both", "\"https\":{\"port\":0}");
                RawConnection plain = RawConnection.to(InstalledProgram.portOf(both))) {
            assertThat(plain.write(RawConnection.request("GET", "/")).reply().status())
                    .isEqualTo(200);

            String second = both.output()
                    .lines()
                    .filter(line -> line.endsWith(" (https)"))
                    .findFirst()
                    .orElseThrow();
            String port = second.replaceFirst("✔  Running at localhost on port (\\d+) \\(https\\)", "$1");
            assertThat(openssl.tryTo("s_client -connect localhost:" + port + " -CAfile ca.pem"))
                    .contains("Verify return code: 0 (ok)");
        }
    }

    @Test
    void aWrongFileEndsTheStartWithOneClearLine() throws IOException {
        InstalledProgram program = InstalledProgram.in(Files.createDirectories(folder.resolve("refused")))
                .configured("{\"port\":0,\"protocol\":\"https\",\"sslCertPath\":\"" + openssl.file("server.csr")
                        + "\",\"sslKeyPath\":\"" + openssl.file("server.key") + "\"}");
        try (RunningProgram refused = program.run("start")) {
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output())
                    .contains("server.csr is a certificate request (CSR), not a certificate.\n")
                    .doesNotContain("Exception", "✔");
        }
    }
}
