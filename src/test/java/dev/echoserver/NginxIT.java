package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.Fleet;
import dev.echoserver.testing.Fleet.Published;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Nginx;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three packaged programs behind a real nginx with the sample configuration. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NginxIT {
    private static final int CLIENTS = 27;
    private static final int MESSAGES = 90;
    private static final List<String> CHANNELS = List.of("news", "orders", "posts");

    @TempDir
    private static Path folder;

    private OpenSsl openssl;
    private Cluster cluster;
    private List<RunningProgram> nodes = List.of();
    private Nginx nginx;

    @BeforeAll
    void start() {
        openssl = OpenSsl.in(folder).authority().issue("nginx");
        cluster = Cluster.in(folder, Duration.ZERO);
        nodes = Stream.of("first", "second", "third").map(cluster::node).toList();
        nginx = Nginx.start(
                folder,
                openssl,
                "nginx",
                nodes.stream().map(InstalledProgram::portOf).toList());
    }

    @AfterAll
    void stop() {
        nginx.close();
        cluster.close();
    }

    /** Over polling, WebSocket, and from one to the other; from so many addresses that each node gets some. */
    @Test
    void carriesEveryTransportOfEveryGeneration() {
        try (Fleet fleet =
                Fleet.connectEncrypted(nginx.port(), openssl.file("ca.pem"), CLIENTS, CHANNELS, List.of("numbered"))) {
            fleet.awaitSubscribed(() -> CHANNELS.forEach(channel -> cluster.publish(channel, "fleet.probe", "null")));
            List<Published> published = new ArrayList<>();
            for (int number = 0; number < MESSAGES; number++) {
                String channel = CHANNELS.get(number % CHANNELS.size());
                cluster.publish(channel, "numbered", "null");
                published.add(new Published(channel, "numbered", "1", Optional.empty()));
            }
            fleet.expect(published);
            CHANNELS.forEach(channel -> cluster.publish(channel, "fleet.end", "null"));

            Fleet.Result result = fleet.result();
            assertThat(result.exitCode())
                    .as(() -> String.join("\n", result.output()) + nginx.output())
                    .isZero();
            assertThat(result.summary().path("deliveries").asLong()).isEqualTo((long) CLIENTS * MESSAGES * 2 / 3);
            assertThat(nginx.nodes()).contains(addresses());
        }
    }

    private String[] addresses() {
        return nodes.stream()
                .map(node -> "127.0.0.1:" + InstalledProgram.portOf(node))
                .toArray(String[]::new);
    }

    @Test
    void tellsLaravelWhoTheBrowserIs() {
        RunningProgram node = nodes.get(0);
        try (RawClient direct = Cluster.on(node);
                RawClient browser = RawClient.connectEncrypted(
                        nginx.port(), openssl.trust(), Map.of("X-Forwarded-For", "203.0.113.9"))) {
            direct.subscribeAs("direct", "presence-room");
            browser.subscribeAs("browser", "presence-room");
            browser.await(packet -> packet.startsWith("42[\"presence:subscribed\""));

            assertThat(cluster.application().questions())
                    .filteredOn(question -> question.header("x-user").equals(Optional.of("browser")))
                    .allSatisfy(question -> assertThat(
                                    question.header("x-forwarded-for").orElse(""))
                            .startsWith("203.0.113.9, 127.0.0.1"));
        }
    }

    /** As people have them: without the slash at the end, under another path, and over TLS to a server with such a path. */
    @Test
    void carriesEveryTransportThroughOtherLocations() throws IOException {
        Path own = Files.createDirectory(folder.resolve("encrypted"));
        Files.copy(folder.resolve("first/echo-server.json"), own.resolve("echo-server.json"));
        try (RunningProgram encrypted = InstalledProgram.in(own)
                .run(
                        "start",
                        "--set=protocol=https",
                        "--set=sslCertPath=" + openssl.file("nginx.pem"),
                        "--set=sslKeyPath=" + openssl.file("nginx.key"),
                        "--set=socketio.path=/live/socket.io")) {
            int port = Nginx.freePort();
            String plain = "http://127.0.0.1:" + InstalledProgram.portOf(nodes.get(0));
            String site = "server { listen 127.0.0.1:" + port + " ssl;\nssl_certificate " + openssl.file("nginx.pem")
                    + ";\nssl_certificate_key " + openssl.file("nginx.key") + ";\n"
                    + location("/socket.io", plain)
                    + location("/broadcasts/", plain + "/")
                    + location("/live/socket.io", "https://127.0.0.1:" + InstalledProgram.portOf(encrypted))
                    + "}\n";
            try (Nginx other = Nginx.start(folder, port, site)) {
                List.of("/socket.io", "/broadcasts/socket.io", "/live/socket.io")
                        .forEach(path -> assertReached(other.port(), path));
            }
        }
    }

    private static String location(String path, String upstream) {
        return "location " + path + " { proxy_pass " + upstream + ";\nproxy_http_version 1.1;\n"
                + "proxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection \"upgrade\";\n"
                + "proxy_set_header Host $host;\n}\n";
    }

    private void assertReached(int port, String path) {
        try (NodeProcess clients = NodeProcess.start(
                "returning.mjs",
                "--url",
                "https://127.0.0.1:" + port,
                "--path",
                path,
                "--ca",
                openssl.file("ca.pem").toString())) {
            Awaitility.await(path).atMost(Duration.ofSeconds(20)).until(() -> {
                cluster.publish("news", "seen", "null");
                return clients.lines().contains("all seen");
            });
        }
    }
}
