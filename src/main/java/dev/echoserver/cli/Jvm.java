package dev.echoserver.cli;

/** The process that a server runs in. */
interface Jvm {

    /** Logs each join, leave and broadcast from now on, or no longer. */
    void logInDetail(boolean isWanted);

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
