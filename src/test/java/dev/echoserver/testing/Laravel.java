package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.RedisConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;

/** The application that publishes on Redis, over one connection, so in order. One thread. */
public final class Laravel implements AutoCloseable {
    /** What the framework does since 6.11: the first argument goes to each of the channels that follow. */
    private static final String SCRIPT = "for at = 2, #ARGV do redis.call('publish', ARGV[at], ARGV[1]) end";

    private static final byte[][] NO_KEYS = {};
    private static final int WINDOW = 200;

    private final RedisClient client;
    private final RedisAsyncCommands<byte[], byte[]> redis;
    private final Queue<CompletionStage<?>> unanswered = new ArrayDeque<>();

    private Laravel(RedisClient client) {
        this.client = client;
        this.redis = client.connect(ByteArrayCodec.INSTANCE).async();
    }

    /** Connects. */
    public static Laravel on(RedisConfig redis) {
        return new Laravel(RedisClient.create(RedisURI.create(redis.host(), redis.port())));
    }

    /** Publishes as {@code version} does, its connection being configured with {@code prefix}. */
    public void publish(LaravelVersion version, String prefix, String channel, String payload) {
        String name = version.fullName(prefix, channel);
        if (version.isScript()) {
            await(redis.eval(SCRIPT, ScriptOutputType.STATUS, NO_KEYS, payload.getBytes(UTF_8), name.getBytes(UTF_8)));
        } else {
            publish(name, payload.getBytes(UTF_8));
        }
    }

    /** Publishes anything, as any program may. */
    public void publish(String fullName, byte[] payload) {
        publish(fullName.getBytes(UTF_8), payload);
    }

    /** As {@link #publish(String, byte[])}, under a name that need not be text. */
    public void publish(byte[] fullName, byte[] payload) {
        await(redis.publish(fullName, payload));
    }

    /** Redis answers as fast as it can pass on; so this is the full load, and bounded. */
    private void await(CompletionStage<?> answer) {
        unanswered.add(answer);
        if (unanswered.size() > WINDOW) {
            unanswered.remove().toCompletableFuture().join();
        }
    }

    /** Returns once Redis has taken everything. */
    public void flush() {
        while (!unanswered.isEmpty()) {
            unanswered.remove().toCompletableFuture().join();
        }
    }

    /** How many patterns anybody has subscribed to on this Redis. */
    public long subscribedPatterns() {
        return redis.pubsubNumpat().toCompletableFuture().join();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
