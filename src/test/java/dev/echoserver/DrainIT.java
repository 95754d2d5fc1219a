package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.Nginx;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the packaged program stops while browsers are connected. */
final class DrainIT {
    private static final Logger log = LoggerFactory.getLogger(DrainIT.class);
    private static final int CLIENTS = 1000;
    private static final Duration CONNECTING = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private LocalRedis redis;

    @BeforeEach
    void startRedis() {
        redis = RedisFixture.local();
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    private RunningProgram server(String name, int port, int drainSeconds) throws IOException {
        return InstalledProgram.in(Files.createDirectories(folder.resolve(name)))
                .configured("{\"port\":" + port + ",\"drainSeconds\":" + drainSeconds
                        + ",\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}")
                .startServer();
    }

    @Test
    void closesOneConnectionAfterTheOtherAndAllComeBackElsewhere() throws IOException {
        int drainSeconds = 8;
        OpenSsl openssl = OpenSsl.in(folder).authority().issue("nginx");
        int otherPort = Nginx.freePort();
        try (RunningProgram stopping = server("stopping", 0, drainSeconds);
                Nginx nginx =
                        Nginx.start(folder, openssl, "nginx", List.of(InstalledProgram.portOf(stopping), otherPort));
                NodeProcess crowd = NodeProcess.start(
                        "crowd.mjs",
                        "{\"url\":\"https://127.0.0.1:" + nginx.port() + "\",\"clients\":" + CLIENTS + ",\"ca\":\""
                                + openssl.file("ca.pem") + "\"}")) {
            crowd.awaitLine("connected", CONNECTING);
            try (RunningProgram other = server("other", otherPort, 0)) {
                long start = System.nanoTime();
                stopping.terminate();
                assertThat(stopping.exitCode()).isZero();
                Duration took = Duration.ofNanos(System.nanoTime() - start);

                JsonNode back = new ObjectMapper().readTree(crowd.awaitLine("back ", CONNECTING));
                log.info("Drain: tookMillis={} back={}", took.toMillis(), back);
                assertThat(took).isLessThan(Duration.ofSeconds(drainSeconds + 2));
                assertThat(back.path("reasons").has("io server disconnect")).isFalse();
                assertThat(back.path("perSecond")).allMatch(ends -> ends.asInt() <= CLIENTS / 4);
                assertThat(other.isAlive()).isTrue();
                assertThat(stopping.output()).doesNotContain(" WARN ", " ERROR ");
            }
        }
    }

    @Test
    void deliversToTheEndButAcceptsNobody() throws IOException {
        try (RunningProgram server = server("node", 0, 4);
                Laravel laravel = Laravel.on(redis.settings())) {
            int port = InstalledProgram.portOf(server);
            List<RawClient> clients = clients(port, 16);
            clients.forEach(client -> client.subscribe("news"));
            Awaitility.await().atMost(CONNECTING).until(() -> {
                publish(laravel, "probe");
                return clients.stream().allMatch(client -> client.has(packet -> packet.startsWith("42[\"probe\"")));
            });
            try (RawConnection kept = RawConnection.to(port)) {
                kept.write(RawConnection.request("GET", "/")).reply();

                server.terminate();
                Awaitility.await().atMost(CONNECTING).until(() -> !accepts(port));
                publish(laravel, "late");
                Awaitility.await()
                        .atMost(CONNECTING)
                        .until(() -> clients.stream()
                                .anyMatch(client -> client.has(packet -> packet.startsWith("42[\"late\""))));
                assertThat(kept.write(RawConnection.request("GET", "/socket.io/?EIO=4&transport=polling"))
                                .reply()
                                .status())
                        .isEqualTo(503);
                assertThat(kept.awaitEnd()).isZero();
            }
            clients.forEach(RawClient::awaitClosed);
            assertThat(server.exitCode()).isZero();
            assertThat(clients).noneMatch(client -> client.has(packet -> packet.startsWith("41")));
        }
    }

    private static List<RawClient> clients(int port, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> RawClient.connect(port, 3 + number % 2))
                .toList();
    }

    @Test
    void takesLittleTimeForFewClients() throws IOException {
        try (RunningProgram server = server("node", 0, 600)) {
            List<RawClient> clients = clients(InstalledProgram.portOf(server), 3);
            server.terminate();

            assertThat(server.exitCode()).isZero();
            clients.forEach(RawClient::awaitClosed);
        }
    }

    @Test
    void endsEncryptedConnectionsInOrder() throws IOException {
        OpenSsl openssl = OpenSsl.in(folder).authority().issue("server");
        try (RunningProgram server = InstalledProgram.in(folder)
                .configured("{\"port\":0,\"protocol\":\"https\"," + openssl.settings("server")
                        + ",\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}")
                .startServer()) {
            String request = RawWebSocket.handshakeRequest("/socket.io/?EIO=4&transport=websocket");
            Path file = Files.writeString(folder.resolve("request"), request);
            String client = "{ openssl s_client -quiet -ign_eof -connect 127.0.0.1:" + InstalledProgram.portOf(server)
                    + " < " + file + " 2>&1 && echo && echo ended well; } | stdbuf -o0 tr -cd '\\n -~'";
            try (RunningProgram page = RunningProgram.start(folder, Map.of(), "sh", "-c", client)) {
                Awaitility.await().atMost(CONNECTING).until(() -> page.countLines("upgrades") == 1);
                server.terminate();

                page.awaitLine("ended well"); // Without close_notify: "unexpected eof".
                assertThat(server.exitCode()).isZero();
            }
        }
    }

    private static void publish(Laravel laravel, String event) {
        laravel.publish(LaravelVersion.V13, "", "news", "{\"event\":\"" + event + "\",\"data\":1,\"socket\":null}");
        laravel.flush();
    }

    private static boolean accepts(int port) {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection != null;
        } catch (ConnectException refused) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void endsAtOnceWithoutClients() throws IOException {
        try (RunningProgram server = server("node", 0, 600)) {
            server.terminate();

            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void endsAtOnceOnTheSecondSignal() throws IOException {
        try (RunningProgram server = server("node", 0, 600)) {
            int port = InstalledProgram.portOf(server);
            List<RawClient> clients = clients(port, 100);
            server.terminate();
            server.terminate(); // The same signal, passed on by whoever started the program.
            long first = System.nanoTime();
            Awaitility.await()
                    .atMost(CONNECTING)
                    .until(() -> !accepts(port)
                            && System.nanoTime() - first > Duration.ofSeconds(1).toNanos());
            assertThat(server.isAlive()).isTrue();
            server.terminate();

            assertThat(server.exitCode()).isEqualTo(143);
            clients.forEach(RawClient::awaitClosed);
        }
    }
}
