package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.RedisConfig;
import io.lettuce.core.RedisException;
import java.time.Duration;

/** Publishes as Laravel does: for trying things out, not for traffic. */
public final class RedisPublisher {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private RedisPublisher() {}

    /**
     * Connects, publishes one message, disconnects. Blocks.
     *
     * @param channel without the key prefix, which is put in front
     * @return how many connections of Redis got it
     * @throws RedisUnavailableException if Redis cannot be reached or refuses
     */
    public static long publish(RedisConfig settings, String channel, byte[] payload) {
        byte[] name = (settings.keyPrefix() + channel).getBytes(UTF_8);
        try (RedisConnector connector = new RedisConnector(settings, PATIENCE)) {
            return connector.connect().sync().publish(name, payload);
        } catch (RedisException e) {
            throw new RedisUnavailableException(RedisFailure.of(e).explanation(settings), e);
        }
    }
}
