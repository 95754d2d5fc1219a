package dev.echoserver.systemd;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;

/**
 * What has started this process and keeps it running: systemd, or nobody. Any thread; nothing blocks, nothing throws: who
 * does not hear does not change how the server works.
 */
public interface ServiceManager extends AutoCloseable {
    /** Nobody who wants to know. */
    ServiceManager NONE = new ServiceManager() {
        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public void ready(List<? extends Executor> loops) {}

        @Override
        public void status(String text) {}

        @Override
        public void reloading(Runnable reload) {
            reload.run();
        }

        @Override
        public void stopping(IntSupplier connections) {}

        @Override
        public void close() {}
    };

    /** Whether there is one. It knows which process is its own. */
    boolean isThere();

    /**
     * The ports are open.
     *
     * @param loops as long as all of them do what they are given, the process is alive
     */
    void ready(List<? extends Executor> loops);

    /** How the service is now, in a few words for people. */
    void status(String text);

    /** Runs {@code reload}, during which the service is not ready for the next one. */
    void reloading(Runnable reload);

    /**
     * The end has begun.
     *
     * @param connections how many are left; asked from time to time, on a thread of the manager
     */
    void stopping(IntSupplier connections);

    /** Nothing more will be told. */
    @Override
    void close();
}
