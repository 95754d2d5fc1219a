package dev.echoserver.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends another server and waits until it is gone. */
final class Termination {
    /** Enough for a server to send what waits and to close its sockets. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Termination() {}

    /**
     * Sends SIGTERM to {@code process}.
     *
     * @throws CommandFailure if it may not be ended or has not ended after 30 seconds
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Counting down cannot fail, so there is no outcome to look at.
    static void of(ProcessHandle process) {
        CountDownLatch gone = new CountDownLatch(1);
        process.onExit().thenRun(gone::countDown);
        if (!process.destroy() && process.isAlive()) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "The server with process id " + process.pid() + " cannot be stopped: permission denied.\n"
                            + "Run this as the user who started it.");
        }
        if (!isDone(gone)) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "The server with process id " + process.pid() + " is still running after " + PATIENCE.toSeconds()
                            + " seconds.\nEnd it with: kill -9 " + process.pid());
        }
    }

    private static boolean isDone(CountDownLatch gone) {
        try {
            return gone.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
