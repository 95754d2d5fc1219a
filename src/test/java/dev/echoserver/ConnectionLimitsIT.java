package dev.echoserver;

import static dev.echoserver.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Nginx;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A packaged program that takes only so many browsers. */
@Timeout(90)
final class ConnectionLimitsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int KINDS = 9;
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    @TempDir
    private Path folder;

    private Cluster cluster;

    @BeforeEach
    void start() {
        cluster = Cluster.in(folder, Duration.ZERO);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void lettingRealClientsTryAgainUntilThereIsRoomAndTheApiWorkAllTheWhile() throws IOException {
        RunningProgram server = cluster.node("full", "{\"maxConnections\": " + KINDS + "}");
        int port = InstalledProgram.portOf(server);
        List<RawClient> first = new ArrayList<>();
        for (int i = 0; i < KINDS; i++) {
            first.add(RawClient.connect(port, 4));
        }
        try (NodeProcess clients = NodeProcess.start("patient.mjs", "--url", "http://127.0.0.1:" + port)) {
            clients.awaitLine("refused", PATIENCE);
            assertThat(PollingClient.exchange(port, request("GET", "/")).summary())
                    .isEqualTo("200 OK");
            assertThat(PollingClient.exchange(port, request("GET", "/apps/les/status?auth_key=secret"))
                            .status())
                    .isEqualTo(200);

            first.forEach(RawClient::close);
            clients.awaitLine("connected", PATIENCE);
        }
        assertThat(server.countLines("Refused a connection")).isEqualTo(1);
        assertThat(server.output()).contains("max=9 reason=too many connections (limits.maxConnections)");
    }

    @Test
    void countingBrowsersBehindNginxAndNotNginx() throws IOException {
        OpenSsl openssl = OpenSsl.in(folder).authority().issue("nginx");
        RunningProgram server =
                cluster.node("counting", "{\"maxConnectionsPerAddress\": 2},\"trustedProxies\":[\"127.0.0.1\"]");
        try (Nginx nginx = Nginx.start(folder, openssl, "nginx", List.of(InstalledProgram.portOf(server)))) {
            for (String browser : List.of("127.0.0.2", "127.0.0.3")) {
                assertThat(connect(nginx, openssl, browser, "X-None: 1")).isEqualTo("200");
                assertThat(connect(nginx, openssl, browser, "X-Forwarded-For: 203.0.113.9"))
                        .isEqualTo("200");
                assertThat(connect(nginx, openssl, browser, "X-Forwarded-For: 203.0.113.10"))
                        .isEqualTo("429");
            }
            assertThat(server.output()).contains("address=127.0.0.2 max=2", "limits.maxConnectionsPerAddress");
        }
    }

    /** The status that a browser with {@code address} gets when it opens a session. */
    private static String connect(Nginx nginx, OpenSsl openssl, String address, String header) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (Socket socket = openssl.trust()
                .getSocketFactory()
                .createSocket(loopback, nginx.port(), InetAddress.getByName(address), 0)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String handshake = request("GET", POLLING, header, "Connection: close");
            socket.getOutputStream().write(handshake.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.split(" ", 3)[1];
        }
    }
}
