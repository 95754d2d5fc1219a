package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastDecoder;
import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.json.Json;
import dev.echoserver.testing.RedisFixture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that whisper to each other. */
final class RedisPeerNodesIT {
    private final RedisFixture redis = RedisFixture.start();
    private final RedisConfig settings = redis.settings().withKeyPrefix(UUID.randomUUID() + "_");
    private final Node one = new Node(settings);
    private final Node other = new Node(settings);

    /** One that writes down what it is handed: {@code "channel event data except"}. */
    private static final class Node {
        private final Queue<String> heard = new ConcurrentLinkedQueue<>();
        private final Drops drops = new Drops(System::nanoTime);
        private final NodeBus bus = new NodeBus(drops);
        private final RedisLink link;
        private final RedisPeerNodes peers;
        private final RedisBroadcastSource source;

        Node(RedisConfig settings) {
            link = new RedisLink(settings);
            peers = new RedisPeerNodes(link, bus, this::write, System::nanoTime);
            source = new RedisBroadcastSource(
                    settings,
                    new RedisBroadcastSource.Receivers(new BroadcastDecoder(1 << 20, drops), bus),
                    System::nanoTime);
        }

        private void write(Broadcast broadcast) {
            heard.add(broadcast.channel().name() + " " + broadcast.event() + " " + broadcast.data() + " "
                    + broadcast.except().map(SocketId::value).orElse("nobody")
                    + broadcast.attachments().stream()
                            .map(bytes -> " " + Arrays.toString(bytes))
                            .collect(Collectors.joining()));
        }

        void open() {
            link.open();
            source.open(this::write, SourceListener.NONE);
            await().until(() -> link.isConnected() && source.isListening());
        }

        void close() {
            source.close();
            link.close();
        }

        void awaitHeard(String... expected) {
            await().untilAsserted(() -> assertThat(heard).containsExactly(expected));
        }
    }

    @BeforeEach
    void open() {
        one.open();
        other.open();
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        redis.close();
    }

    @Test
    void hearEachOtherAndNotThemselves() {
        one.peers.send(whisper("private-a", "{\"n\":1}"));
        other.peers.send(whisper("private-b", "2"));

        one.awaitHeard("private-b \"client-typing\" 2 1.1");
        other.awaitHeard("private-a \"client-typing\" {\"n\":1} 1.1");
    }

    @Test
    void hearItToTheLetter() {
        String data =
                "{\"big\":90071992547409931234,\"s\":\"\u00e9\ud83d\ude00\\u00e9\\/\\n\", \"e\":1.10e400,\"x\":null}";
        one.peers.send(new Broadcast(
                Channel.of("presence-\"\u00e9\ud83d\ude00"),
                Json.of("\"client-\\u00e9\""),
                Json.of(data),
                Optional.empty()));

        other.awaitHeard("presence-\"\u00e9\ud83d\ude00 \"client-\\u00e9\" " + data + " nobody");
    }

    @Test
    void keepTheOrder() {
        List<String> expected = IntStream.range(0, 2_000)
                .mapToObj(n -> "private-a \"client-typing\" " + n + " 1.1")
                .toList();

        IntStream.range(0, 2_000).forEach(n -> one.peers.send(whisper("private-a", Integer.toString(n))));

        await().until(() -> other.heard.size() >= expected.size());
        assertThat(other.heard).containsExactlyElementsOf(expected);
    }

    @Test
    void passBytesOn() {
        one.peers.send(new Broadcast(
                Channel.of("private-a"),
                Json.of("\"client-draw\""),
                Json.of("{\"_placeholder\":true,\"num\":1}"),
                Optional.empty(),
                List.of(new byte[0], new byte[] {0, -1, 127})));

        other.awaitHeard("private-a \"client-draw\" {\"_placeholder\":true,\"num\":1} nobody [] [0, -1, 127]");
    }

    @Test
    void dropWhatNoNodeWrote() {
        String[] nonsense = {
            "",
            "[]",
            "{}",
            "[1,\"private-a\",\"e\",1,null]",
            "[\"n\",\"\",\"e\",1,null]",
            "[\"n\",\"private-a\",{},1,null]",
            "[\"n\",\"private-a\",\"e\",1,null",
            "[\"n\",\"a\\nb\",\"e\",1,null]",
            "[\"n\",\"private-\\ud800\",\"e\",1,null]",
            "[\"n\",\"private-a\",\"disconnect\",1,null]",
            "[\"n\",\"private-a\",\"e\",1,null,null]",
            "[\"n\",\"private-a\",\"e\",1,null,[1]]",
            "[\"n\",\"private-a\",\"e\",1,null,[\"?\"]]",
            "[\"n\",\"private-a\",\"e\",1,null,[],1]"
        };
        try (RedisCommander commander = new RedisCommander(redis.settings())) {
            for (String each : nonsense) {
                commander
                        .sync()
                        .publish((settings.keyPrefix() + "echo-server:peers").getBytes(UTF_8), each.getBytes(UTF_8));
            }
        }
        other.peers.send(whisper("private-a", "1"));

        one.awaitHeard("private-a \"client-typing\" 1 1.1");
        assertThat(one.drops.count(DropReason.NO_NODE_MESSAGE)).isEqualTo(nonsense.length);
    }

    @Test
    void loseWhatIsSentWithoutAConnection() {
        one.link.close();

        one.peers.send(whisper("private-a", "1"));
        other.peers.send(whisper("private-a", "2"));

        one.awaitHeard("private-a \"client-typing\" 2 1.1");
        assertThat(other.heard).isEmpty();
    }

    private static Broadcast whisper(String channel, String data) {
        return new Broadcast(
                Channel.of(channel), Json.of("\"client-typing\""), Json.of(data), Optional.of(new SocketId("1.1")));
    }
}
