package dev.echoserver.cli;

/** The process that a server runs in. */
interface Jvm {

    /** Logs each join, leave and broadcast from now on, or no longer. */
    void logInDetail(boolean isWanted);

    /** Returns, if ever, when the process was asked to end and {@code cleanUp} has run. */
    void runUntilStopped(Runnable cleanUp);

    /**
     * As {@link #runUntilStopped(Runnable)}.
     *
     * @param reload runs, on the same thread, when the process was asked to read its configuration again
     */
    void runUntilStopped(Runnable cleanUp, Runnable reload);
}
