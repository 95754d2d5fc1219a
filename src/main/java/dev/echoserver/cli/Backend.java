package dev.echoserver.cli;

import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.ServerConfig;

/** What the commands need of the rest of the program. */
interface Backend {

    /**
     * Starts a server and returns once its port is bound. Redis need not answer by then.
     *
     * @param listener told about the subscription to Redis, from any thread, possibly before this returns
     * @throws CommandFailure if the server cannot start, for instance because the port is taken
     */
    RunningServer start(ServerConfig config, SourceListener listener);

    /**
     * Publishes to Redis.
     *
     * @param channel the name without its key prefix, which is put in front
     * @return how many subscribers Redis handed it to
     * @throws CommandFailure if Redis does not take it
     */
    long publish(RedisConfig redis, String channel, byte[] payload);

    /** A server that has started. */
    interface RunningServer extends AutoCloseable {

        /** The port it is bound to. */
        int port();

        /** Stops it: no new connections, then what waits is sent, then all is closed. Idempotent. */
        @Override
        void close();
    }
}
