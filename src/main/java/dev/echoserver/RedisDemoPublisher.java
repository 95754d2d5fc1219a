package dev.echoserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.channel.Channel;
import dev.echoserver.http.DemoPublisher;
import dev.echoserver.json.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Publishes the demo's events as Laravel does: in its envelope, in the order of the calls. */
final class RedisDemoPublisher implements DemoPublisher {

    /** One PUBLISH; may block. */
    @FunctionalInterface
    interface Publish {

        /** Publishes {@code payload} on {@code channel}, putting the key prefix in front; throws if Redis refuses. */
        long publish(String channel, byte[] payload);
    }

    private final Publish redis;
    private final Executor executor;

    /** {@code executor} has one thread of its own, because {@code redis} may block. */
    RedisDemoPublisher(Publish redis, Executor executor) {
        this.redis = redis;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Void> publish(Channel channel, Json event, Json data) {
        byte[] envelope = ("{\"event\":" + event + ",\"data\":" + data + ",\"socket\":null}").getBytes(UTF_8);
        return CompletableFuture.runAsync(() -> redis.publish(channel.name(), envelope), executor);
    }
}
