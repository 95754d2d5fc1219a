package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;

/** The other side: what Laravel and the administrator do on Redis. */
final class RedisCommander implements AutoCloseable {
    private static final int AT_ONCE = 1000;

    private final RedisConnector connector;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    RedisCommander(RedisSettings settings) {
        this.connector = new RedisConnector(settings, Duration.ofSeconds(10));
        this.connection = connector.connect();
    }

    RedisCommands<byte[], byte[]> sync() {
        return connection.sync();
    }

    static byte[] envelope(int n) {
        return ("{\"event\":\"e\",\"data\":" + n + ",\"socket\":null}").getBytes(UTF_8);
    }

    long publish(String channel, int n) {
        return sync().publish(channel.getBytes(UTF_8), envelope(n));
    }

    /** Numbers from 0, in order. */
    void publishMany(String channel, int count) {
        byte[] name = channel.getBytes(UTF_8);
        for (int n = 0; n < count; n++) {
            var last = connection.async().publish(name, envelope(n));
            if (n % AT_ONCE == 0) {
                last.toCompletableFuture().join();
            }
        }
        connection.sync().ping();
    }

    @Override
    public void close() {
        connector.close();
    }
}
