package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What applications read of presence in Redis. */
final class LaravelViewIT extends NodesOnOneRedis {
    private static final String LIST = "[{\"user_id\":1,\"user_info\":{\"name\":\"Ann\"},\"socketId\":\"1.2\"},"
            + "{\"user_id\":\"b\",\"user_info\":{\"n\":9007199254740993,\"s\":\"\\u00e9\\/\"},\"socketId\":\"1.1\"},"
            + "{\"user_id\":1,\"user_info\":{\"name\":\"Ann\"},\"socketId\":\"1.3\"}]";

    @Test
    void isToldOncePerChange() {
        Queue<String> heard = updates();
        PresenceNode node = opened(PresenceNode.open(settings, new LaravelView(true, false)));

        node.join(ROOM, "1.2", ANN);
        node.join(ROOM, "1.1", BOB);
        node.join(ROOM, "1.3", ANN);
        node.join(ROOM, "1.3", ANN);
        node.leave(ROOM, "1.9");
        node.leave(ROOM, "1.2");
        node.leave(ROOM, "1.1");
        node.leave(ROOM, "1.3");
        node.leave(ROOM, "1.3");

        await().until(() -> heard.size() >= 6);
        staysSo(() -> assertThat(heard).hasSize(6));
        assertThat(heard)
                .element(2)
                .isEqualTo("{\"event\":{\"channel\":\"presence-r:members\",\"members\":" + LIST + "}}");
        assertThat(heard).last().isEqualTo("{\"event\":{\"channel\":\"presence-r:members\",\"members\":[]}}");
    }

    @Test
    void isNotToldUnlessAskedTo() {
        Queue<String> heard = updates();
        PresenceNode node = node();
        node.join(ROOM, "1.1", ANN);

        staysSo(() -> assertThat(heard).isEmpty());
        assertThat(keys()).doesNotContain("app_presence-r:members");
    }

    @Test
    void isKeptUnderTheKeyOfLaravelEchoServer() {
        PresenceNode node = opened(PresenceNode.open(settings, new LaravelView(false, true)));
        node.join(ROOM, "1.2", ANN);
        node.join(ROOM, "1.1", BOB);
        node.join(ROOM, "1.3", ANN);
        assertThat(list()).isEqualTo(LIST);

        node.leave(ROOM, "1.2");
        node.leave(ROOM, "1.1");
        node.leave(ROOM, "1.3");

        assertThat(list()).isEqualTo("[]");
    }

    private String list() {
        return new String(commander.sync().get("app_presence-r:members".getBytes(UTF_8)), UTF_8);
    }

    private Queue<String> updates() {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        RedisConnector connector = opened(new RedisConnector(redis.settings(), Duration.ofSeconds(5)));
        var connection = PresenceNode.done(
                connector.listening("PresenceChannelUpdated", payloads(heard)).get());
        connection.sync().psubscribe("PresenceChannelUpdated".getBytes(UTF_8));
        return heard;
    }

    private static MessageListener payloads(Queue<String> heard) {
        return new MessageListener() {
            @Override
            public void message(byte[] channelName, byte[] payload) {
                heard.add(new String(payload, UTF_8));
            }

            @Override
            public int worth(byte[] channelName) {
                return Integer.MAX_VALUE;
            }
        };
    }
}
