package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.testing.RedisFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Nodes on one Redis of their own, all of them in this process. */
abstract class NodesOnOneRedis {
    static final PresenceChannel ROOM = new PresenceChannel("presence-r");
    static final String PREFIX = "app_";
    static final String ANN = "{\"user_id\":1,\"user_info\":{\"name\":\"Ann\"}}";
    static final String BOB = "{\"user_id\":\"b\",\"user_info\":{\"n\":9007199254740993,\"s\":\"\\u00e9\\/\"}}";

    static final Duration HEALING = Duration.ofSeconds(30);

    LocalRedis redis;
    RedisConfig settings;
    RedisCommander commander;
    final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void startRedis() {
        redis = RedisFixture.local();
        settings = redis.settings().withKeyPrefix(PREFIX);
        commander = new RedisCommander(redis.settings());
    }

    @AfterEach
    void stopRedis() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        commander.close();
        redis.close();
    }

    PresenceNode node() {
        return opened(PresenceNode.open(settings));
    }

    <T extends AutoCloseable> T opened(T closeable) {
        opened.add(0, closeable);
        return closeable;
    }

    List<String> keys() {
        return commander.sync().keys("*").stream()
                .map(key -> new String(key, UTF_8))
                .toList();
    }

    /** For as long as several heartbeats. */
    static void staysSo(ThrowingRunnable assertion) {
        await().during(Duration.ofMillis(500)).untilAsserted(assertion);
    }
}
