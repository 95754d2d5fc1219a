package dev.echoserver.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** The real process: ends on SIGINT, SIGHUP and SIGTERM. */
final class ThisJvm implements Jvm {

    @Override
    public void logInDetail() {
        if (LoggerFactory.getLogger("dev.echoserver") instanceof Logger logger) {
            logger.setLevel(Level.DEBUG);
        }
    }

    @Override
    public void runUntilStopped(Runnable cleanUp) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWith(cleanUp), "cli"));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A JVM ends with 128 + signal; supervisors and containers take that for a crash, so a clean stop says 0. */
    private static void endWith(Runnable cleanUp) {
        int status = CommandFailure.FAILED;
        try {
            cleanUp.run();
            status = 0;
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(ThisJvm.class).error("Stopping failed", e);
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }
}
