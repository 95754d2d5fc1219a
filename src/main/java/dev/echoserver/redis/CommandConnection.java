package dev.echoserver.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;

/**
 * A connection for commands: one to the server, or, in a Cluster, one to each master. It is lost as a whole as soon as
 * one of them is.
 */
record CommandConnection(
        RedisClusterAsyncCommands<byte[], byte[]> commands,
        List<? extends StatefulConnection<byte[], byte[]>> connections,
        Runnable closing) {

    @SuppressWarnings("FutureReturnValueIgnored") // What cannot be closed is gone already.
    static CommandConnection of(StatefulRedisConnection<byte[], byte[]> connection) {
        return new CommandConnection(connection.async(), List.of(connection), () -> connection.closeAsync());
    }

    boolean isOpen() {
        return connections.stream().allMatch(StatefulConnection::isOpen);
    }

    /** From now on {@code action} runs when it is lost, on {@code redis-io}, perhaps several times. */
    void whenLost(Runnable action) {
        connections.forEach(connection -> connection.addListener(new WhenLost(action)));
    }

    /** Returns at once. */
    void close() {
        closing.run();
    }
}
