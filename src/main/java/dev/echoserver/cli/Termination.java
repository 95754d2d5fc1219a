package dev.echoserver.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends another server and waits until it is gone. */
final class Termination {
    /** How long a server may take besides closing its connections. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Termination() {}

    /**
     * Sends SIGTERM to {@code process}.
     *
     * @param drain how long it takes to close its connections
     * @throws CommandFailure if it may not be ended or has not ended 30 seconds after that time
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Counting down cannot fail, so there is no outcome to look at.
    static void of(ProcessHandle process, Duration drain) {
        Duration patience = drain.plus(PATIENCE);
        CountDownLatch gone = new CountDownLatch(1);
        process.onExit().thenRun(gone::countDown);
        if (!process.destroy() && process.isAlive()) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "The server with process id " + process.pid() + " cannot be stopped: permission denied.\n"
                            + "Run this as the user who started it.");
        }
        if (!isDone(gone, patience)) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "The server with process id " + process.pid() + " is still running after " + patience.toSeconds()
                            + " seconds.\nEnd it with: kill -9 " + process.pid());
        }
    }

    private static boolean isDone(CountDownLatch gone, Duration patience) {
        try {
            return gone.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
