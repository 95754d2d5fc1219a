package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.RedisConfig;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.stream.Stream;

/** The other side: what Laravel and the administrator do on Redis. */
final class RedisCommander implements AutoCloseable {
    private static final int AT_ONCE = 1000;

    private final RedisConnector connector;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    RedisCommander(RedisConfig settings) {
        this.connector = new RedisConnector(settings, Duration.ofSeconds(10));
        try {
            this.connection = connector.connect();
        } catch (RedisException e) {
            connector.close();
            throw e;
        }
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

    /** A command as typed; one that answers with a status. */
    String run(String command) {
        String[] words = command.split(" ", -1);
        CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        Stream.of(words).skip(1).forEach(arguments::add);
        return sync().dispatch(CommandType.valueOf(words[0]), new StatusOutput<>(ByteArrayCodec.INSTANCE), arguments);
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
