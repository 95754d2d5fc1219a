package dev.echoserver.cli;

import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.doctor.Examination;
import dev.echoserver.doctor.Scope;
import dev.echoserver.systemd.ServiceManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

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

    /** Looks at everything that a server with {@code config} depends on, and tells {@code report}. Blocks. */
    void examine(ServerConfig config, Scope scope, Examination.Report report);

    /** What runs this process as a service, which its environment tells. */
    ServiceManager serviceManager(Map<String, String> environment);

    /** A server that has started. */
    interface RunningServer extends AutoCloseable {

        /** The port it is bound to. */
        int port();

        /** The port with TLS that it is bound to besides that one. */
        Optional<Integer> httpsPort();

        /** The port for those who run the server. */
        Optional<Integer> managementPort();

        /** Its event loops, which never hang. */
        List<? extends Executor> loops();

        /** How many browsers are connected now. Any thread. */
        int connections();

        /**
         * Takes over what can change while it runs: certificate and key, which are read anew.
         *
         * @throws CommandFailure if they cannot be used; the old ones stay
         */
        void reload(ServerConfig config);

        /** Stops it: no new connections, then those there are closed over {@code drainSeconds}. Idempotent. */
        @Override
        void close();
    }
}
