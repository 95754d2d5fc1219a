package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.RedisConfig;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Optional;

/**
 * Publishes as Laravel does, again and again over one connection, which is made when it is first needed and again after
 * it was lost. For one thread at a time.
 */
public final class KeptPublisher implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RedisConfig settings;
    private final RedisConnector connector;
    private Optional<StatefulRedisConnection<byte[], byte[]>> kept = Optional.empty();

    /** Connects nothing yet. */
    public KeptPublisher(RedisConfig settings) {
        this.settings = settings;
        this.connector = new RedisConnector(settings, PATIENCE);
    }

    /**
     * Publishes one message. Blocks for 5 seconds at most for the connection, and again for the answer.
     *
     * @param channel without the key prefix, which is put in front
     * @return how many connections of Redis got it
     * @throws RedisUnavailableException if Redis cannot be reached or refuses
     */
    public long publish(String channel, byte[] payload) {
        byte[] name = (settings.keyPrefix() + channel).getBytes(UTF_8);
        try {
            return connection().sync().publish(name, payload);
        } catch (RedisException e) {
            throw new RedisUnavailableException(RedisFailure.of(e).explanation(settings), e);
        }
    }

    /** Ends the connection and its threads. */
    @Override
    public void close() {
        connector.close();
    }

    private StatefulRedisConnection<byte[], byte[]> connection() {
        StatefulRedisConnection<byte[], byte[]> open =
                kept.filter(StatefulRedisConnection::isOpen).orElseGet(connector::connect);
        kept = Optional.of(open);
        return open;
    }
}
