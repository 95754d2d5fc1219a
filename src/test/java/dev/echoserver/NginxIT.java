package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.Fleet;
import dev.echoserver.testing.Fleet.Published;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Nginx;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
}
