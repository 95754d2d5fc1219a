package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Connects, and subscribes to {@code pattern}. What it returns completes, or fails, on any of the threads. */
record PatternEntrance(
        Supplier<CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>>> entrance, String pattern) {

    CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connect() {
        return entrance.get();
    }

    CompletionStage<Void> subscribe(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        return connection.async().psubscribe(pattern.getBytes(UTF_8));
    }

    /** Both; what is refused is closed. */
    CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connectAndSubscribe() {
        return connect()
                .thenCompose(fresh -> subscribe(fresh)
                        .whenComplete((none, refused) -> {
                            if (refused != null) {
                                close(fresh);
                            }
                        })
                        .thenApply(none -> fresh));
    }

    /** Returns at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // What cannot be closed is gone already.
    static void close(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        connection.closeAsync();
    }
}
