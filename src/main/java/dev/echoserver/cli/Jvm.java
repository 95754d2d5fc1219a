package dev.echoserver.cli;

/** The process that a server runs in. */
interface Jvm {

    /** Logs each join, leave and broadcast from now on. */
    void logInDetail();

    /** Returns, if ever, when the process was asked to end and {@code cleanUp} has run. */
    void runUntilStopped(Runnable cleanUp);
}
