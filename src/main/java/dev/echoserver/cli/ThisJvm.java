package dev.echoserver.cli;

import ch.qos.logback.classic.LoggerContext;
import dev.echoserver.config.ServerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real process: ends on SIGINT and SIGTERM, at once on the second of them; reloads on SIGHUP. What comes within half a
 * second is the same signal: terminals and pm2 send it to a program and to the one that started it, which passes it on.
 *
 * <p>Signals come on threads of their own, which only hand tasks to the main thread.
 */
final class ThisJvm implements Jvm {
    private static final Logger log = LoggerFactory.getLogger(ThisJvm.class);
    private static final int ENDED_BY_SIGNAL = 128;
    private static final long SAME_SIGNAL_NANOS = Duration.ofMillis(500).toNanos();
    private static final long NOT_YET = Long.MIN_VALUE;

    private final Optional<LogOutput> output = LoggerFactory.getILoggerFactory() instanceof LoggerContext context
            ? Optional.of(new LogOutput(context))
            : Optional.empty();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final AtomicLong stopNanos = new AtomicLong(NOT_YET);

    @Override
    public void log(ServerConfig config) {
        output.ifPresent(known -> known.apply(config));
    }

    @Override
    public Optional<String> advice() {
        return ClassArchive.ofThisProcess().flatMap(ClassArchive::advice);
    }

    @Override
    public void deferStop() {
        Signals.on("INT", this::stop);
        Signals.on("TERM", this::stop);
    }

    @Override
    public void runUntilStopped(Runnable cleanUp) {
        Signals.on("HUP", this::stop);
        run(cleanUp);
    }

    @Override
    public void runUntilStopped(Runnable cleanUp, Runnable reload) {
        Signals.on("HUP", signal -> tasks.add(reload));
        run(cleanUp);
    }

    private void stop(int signal) {
        long now = System.nanoTime();
        if (stopNanos.compareAndSet(NOT_YET, now)) {
            tasks.add(() -> {}); // Wakes the main thread.
        } else if (now - stopNanos.get() > SAME_SIGNAL_NANOS) {
            Runtime.getRuntime().halt(ENDED_BY_SIGNAL + signal);
        }
    }

    private void run(Runnable cleanUp) {
        try {
            while (stopNanos.get() == NOT_YET) {
                tasks.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endWith(cleanUp);
    }

    /** A JVM ends with 128 + signal; supervisors and containers take that for a crash, so a clean stop says 0. */
    private static void endWith(Runnable cleanUp) {
        int status = CommandFailure.FAILED;
        try {
            cleanUp.run();
            status = 0;
        } catch (RuntimeException e) {
            log.error("Stopping failed", e);
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }
}
