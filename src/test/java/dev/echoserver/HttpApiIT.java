package dev.echoserver;

import static dev.echoserver.testing.Cluster.joined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The API of two packaged programs on one Redis, which to its callers are one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpApiIT {
    private static final String OK = "200 {\"message\":\"ok\"}";

    @TempDir
    private static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Cluster cluster;
    private RunningProgram first;
    private RunningProgram second;

    @BeforeAll
    void startEverything() {
        cluster = Cluster.in(folder, Duration.ZERO);
        first = cluster.node("first");
        second = cluster.node("second");
    }

    @AfterAll
    void stopEverything() {
        cluster.close();
    }

    private static String url(RunningProgram node) {
        return "http://127.0.0.1:" + InstalledProgram.portOf(node);
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(
                    request.header("Authorization", "Bearer secret")
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String get(RunningProgram node, String what) {
        return send(HttpRequest.newBuilder(URI.create(url(node) + "/apps/les/" + what)));
    }

    private String publish(RunningProgram node, String event) {
        return send(HttpRequest.newBuilder(URI.create(url(node) + "/apps/les/events"))
                .POST(BodyPublishers.ofString(event)));
    }

    /** Both nodes say so, now or in a moment: an answer to a client may overtake the count of its join. */
    private void bothSay(String what, String expected) {
        for (RunningProgram node : List.of(first, second)) {
            await().untilAsserted(() -> assertThat(get(node, what)).isEqualTo(expected));
        }
    }

    @Test
    void tellsTheSameOnEachNode() {
        try (RawClient alice = joined(first, "alice", "presence-counts");
                RawClient tab = joined(second, "alice", "presence-counts");
                RawClient bob = joined(second, "bob", "presence-counts")) {
            List.of(alice, tab, bob).forEach(client -> client.subscribe("counts/all"));

            bothSay("channels/presence-counts", "200 {\"subscription_count\":3,\"occupied\":true,\"user_count\":2}");
            bothSay(
                    "channels/presence-counts/users",
                    "200 {\"users\":[{\"id\":\"alice\",\"user_info\":{\"name\":\"alice\"}},"
                            + "{\"id\":\"bob\",\"user_info\":{\"name\":\"bob\"}}]}");
            bothSay("channels/counts%2Fall", "200 {\"subscription_count\":3,\"occupied\":true}");
            bothSay(
                    "channels?filter_by_prefix=counts",
                    "200 {\"channels\":{\"counts/all\":{\"subscription_count\":3,\"occupied\":true}}}");
        }
        bothSay("channels?filter_by_prefix=counts", "200 {\"channels\":{}}");
        bothSay("channels/presence-counts", "200 {\"subscription_count\":0,\"occupied\":false,\"user_count\":0}");
    }

    @Test
    void publishesToTheSocketsOfAllNodesOnceAndInOrder() {
        String room = "presence-published";
        try (RawClient alice = joined(first, "alice", room);
                RawClient bob = joined(second, "bob", room)) {
            List<String> expected = IntStream.range(0, 50)
                    .mapToObj(n -> "[\"e\",\"" + room + "\",{\"n\":" + n + ",\"big\":9007199254740993}]")
                    .toList();
            for (int n = 0; n < 50; n++) {
                String data = "{\"n\":" + n + ",\"big\":9007199254740993}";
                assertThat(publish(first, event(room, data, ""))).isEqualTo(OK);
            }

            for (RawClient client : List.of(alice, bob)) {
                client.await(packet -> packet.contains("\"n\":49"));
                assertThat(cluster.eventsUntilNow(room, client).stream().filter(event -> event.startsWith("[\"e\"")))
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    private static String event(String channel, String data, String more) {
        return "{\"name\":\"e\",\"channels\":[\"" + channel + "\"],\"data\":" + data + more + "}";
    }

    @Test
    void leavesOutASocketWhereverItIs() {
        String room = "presence-left-out";
        try (RawClient alice = joined(first, "alice", room);
                RawClient bob = joined(second, "bob", room)) {
            publish(first, event(room, "\"not bob\"", ",\"socket_id\":\"" + bob.id() + "\""));
            publish(first, event(room, "\"not alice\"", ",\"socket_id\":\"" + alice.id() + "\""));
            bob.await(packet -> packet.contains("not alice"));
            alice.await(packet -> packet.contains("not bob"));

            assertThat(cluster.eventsUntilNow(room, bob)).noneMatch(event -> event.contains("not bob"));
            assertThat(cluster.eventsUntilNow(room, alice)).noneMatch(event -> event.contains("not alice"));
        }
    }

    @Test
    void servesThePusherLibraryOfPhp() {
        Requirement.program("php");
        String room = "presence-php";
        String body = event(room, "\"{\\\"from\\\":\\\"PHP \\u00e4\\\"}\"", "");
        try (RawClient alice = joined(first, "alice", room);
                RawClient bob = joined(second, "bob", room)) {
            assertThat(php(body, "3", "public", "s3cret", "events")).isEqualTo("200 {}");
            assertThat(php("{\"batch\":[" + body + "]}", "3", "public", "s3cret", "batch_events"))
                    .isEqualTo("200 {}");
            assertThat(php(body, "les", "secret", "ignored", "events")).isEqualTo("200 {}");
            assertThat(php(body, "3", "public", "guessed", "events")).startsWith("401 {\"error\":\"The signature");

            for (RawClient client : List.of(alice, bob)) {
                await().untilAsserted(
                                () -> assertThat(client.events().stream().filter(event -> event.startsWith("[\"e\"")))
                                        .hasSize(3)
                                        .containsOnly("[\"e\",\"" + room + "\",{\"from\":\"PHP ä\"}]"));
            }
        }
    }

    private String php(String body, String appId, String key, String secret, String what) {
        String script = Path.of("src/test/php/pusher.php").toAbsolutePath().toString();
        try (RunningProgram php =
                RunningProgram.start(folder, Map.of(), "php", script, url(first), appId, key, secret, what, body)) {
            assertThat(php.exitCode()).as(php.output()).isZero();
            return php.output().strip();
        }
    }

    @Test
    void takesAsMuchAsABroadcastMayBeAndNamesTheLimitBeyond() {
        try (RawClient client = Cluster.on(second)) {
            client.subscribe("large");
            bothSay("channels/large", "200 {\"subscription_count\":1,\"occupied\":true}");

            assertThat(publish(first, event("large", "\"" + "x".repeat(3 << 20) + "\"", "")))
                    .isEqualTo(OK);
            client.await(packet -> packet.length() > 3 << 20);
            assertThat(publish(first, event("large", "\"" + "x".repeat(5 << 20) + "\"", "")))
                    .startsWith("413 {\"error\":\"The body has more than 4194304 bytes.")
                    .contains("limits.maxBroadcastBytes");
        }
    }

    /** In a cluster of its own, which it leaves without Redis. */
    @Test
    void goesOnForItsOwnSocketsWhileRedisIsAway() {
        try (Cluster alone = Cluster.in(folder.resolve("alone"), Duration.ZERO)) {
            RunningProgram node = alone.node("node");
            try (RawClient client = Cluster.on(node)) {
                client.subscribe("a");
                await().untilAsserted(() -> assertThat(get(node, "channels/a")).contains("\"subscription_count\":1,"));
                alone.killRedis();
                await().untilAsserted(
                                () -> assertThat(get(node, "channels/a")).startsWith("503 {\"error\":\"Redis at"));
                for (int n = 0; n < 3; n++) {
                    assertThat(publish(node, event("a", "\"still " + n + "\"", "")))
                            .isEqualTo(OK);
                }

                client.await(packet -> packet.equals("42[\"e\",\"a\",\"still 2\"]"));
                assertThat(node.countLines("Sent to the sockets of this server only: channel=a"))
                        .isOne();
            }
        }
    }

    @Test
    void saysHowManySocketsThereAre() {
        try (RawClient one = Cluster.on(first);
                RawClient other = Cluster.on(second)) {
            one.subscribe("status");
            other.subscribe("status");
            bothSay("channels/status", "200 {\"subscription_count\":2,\"occupied\":true}");

            assertThat(get(first, "status")).matches("200 \\{\"subscription_count\":[2-9],\"uptime\":\\d+\\.\\d+,.*");
        }
    }
}
