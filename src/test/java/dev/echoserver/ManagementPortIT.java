package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program says about itself on the management port. */
final class ManagementPortIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LOGGED = "Management port: http://127.0.0.1:";

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

    private InstalledProgram program(String more) {
        return InstalledProgram.in(folder)
                .with("ECHO_SERVER_MANAGEMENT", "")
                .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}," + more + "}");
    }

    private static int port(RunningProgram server) {
        return Integer.parseInt(server.awaitRestOf(LOGGED));
    }

    private static String get(int port, String path) {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection
                    .write(RawConnection.request("GET", path))
                    .reply()
                    .summary()
                    .strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void isReadyWhileRedisIsThereAndTheServerDoesNotStop() {
        try (RunningProgram server =
                program("\"drainSeconds\":4,\"management\":{\"port\":0}").startServer()) {
            int port = port(server);
            assertThat(get(port, "/up")).isEqualTo("200 OK");
            assertThat(get(port, "/ready")).isEqualTo("200 {\"ready\":true,\"reasons\":[]}");

            redis.kill();
            awaitReady(port, "503 {\"ready\":false,\"reasons\":[\"not subscribed to Redis: ");
            assertThat(get(port, "/up")).isEqualTo("200 OK");
            redis.restart();
            awaitReady(port, "200 ");

            List<RawClient> crowd = IntStream.range(0, 16)
                    .mapToObj(each -> RawClient.connect(InstalledProgram.portOf(server), 4))
                    .toList();
            server.terminate();
            awaitReady(port, "503 {\"ready\":false,\"reasons\":[\"stopping\"]}");
            crowd.forEach(RawClient::awaitClosed);
            assertThat(server.exitCode()).isZero();
        }
    }

    private static void awaitReady(int port, String start) {
        await().atMost(PATIENCE).until(() -> get(port, "/ready").startsWith(start));
    }

    @Test
    void hasNothingOfTheMainPort() {
        try (RunningProgram server = program("\"management\":{\"port\":0}").startServer()) {
            int port = port(server);

            assertThat(get(port, "/")).startsWith("200 ").contains("/ready ");
            assertThat(get(port, "/socket.io/?EIO=4&transport=polling")).startsWith("404 ");
            assertThat(get(port, "/apps/a/channels")).startsWith("404 ");
            assertThat(get(InstalledProgram.portOf(server), "/ready")).startsWith("404 ");
        }
    }

    @Test
    void canBeLeftOut() {
        try (RunningProgram server = program("\"management\":false").startServer()) {
            assertThat(server.output()).doesNotContain("anagement port");
        }
    }

    @Test
    void isNeededIfItWasAskedFor() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningProgram server = program("\"management\":{\"port\":" + taken.getLocalPort() + "}")
                        .run("start")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output())
                    .contains(
                            "Port " + taken.getLocalPort() + " is already in use.",
                            "or set another \"management.port\"");
        }
    }

    /** The usual port is taken by this test, or by somebody else. */
    @Test
    void isDoneWithoutIfNobodyAskedForIt() throws IOException {
        try (ServerSocket taken = new ServerSocket();
                RunningProgram server =
                        takeUsualPort(taken, program("\"devMode\":false")).startServer()) {
            assertThat(server.awaitRestOf(" WARN  There is no management port"))
                    .contains("Port 6002 is already in use.", "Or write \"management\": false.");
        }
    }

    private static InstalledProgram takeUsualPort(ServerSocket socket, InstalledProgram program) throws IOException {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 6002));
        } catch (BindException others) {
            assertThat(others).hasMessageContaining("in use");
        }
        return program;
    }
}
