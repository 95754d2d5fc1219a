package dev.echoserver.cli;

import dev.echoserver.config.ServerConfig;
import java.util.Optional;

/** The process that a server runs in. */
interface Jvm {

    /**
     * Logs from now on as {@code config} says.
     *
     * @throws CommandFailure if its file cannot be opened; then nothing changes
     */
    void log(ServerConfig config);

    /** What would let it start faster the next time; empty if nothing is known. */
    Optional<String> advice();

    /**
     * From now on a request to end waits for {@code runUntilStopped}, so that what has been started until then is cleaned
     * up. A second one ends the process at once.
     */
    void deferStop();

    /** Returns, if ever, when the process was asked to end, since {@link #deferStop}, and {@code cleanUp} has run. */
    void runUntilStopped(Runnable cleanUp);

    /**
     * As {@link #runUntilStopped(Runnable)}.
     *
     * @param reload runs, on the same thread, when the process was asked to read its configuration again
     */
    void runUntilStopped(Runnable cleanUp, Runnable reload);
}
