package dev.echoserver.cli;

import ch.qos.logback.classic.LoggerContext;
import dev.echoserver.config.ServerConfig;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real process: ends on SIGINT and SIGTERM, at once on the second of them; reloads on SIGHUP.
 *
 * <p>Signals come on threads of their own, which only hand tasks to the main thread.
 */
final class ThisJvm implements Jvm {
    private static final Logger log = LoggerFactory.getLogger(ThisJvm.class);
    private static final int ENDED_BY_SIGNAL = 128;

    private final Optional<LogOutput> output = LoggerFactory.getILoggerFactory() instanceof LoggerContext context
            ? Optional.of(new LogOutput(context))
            : Optional.empty();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final AtomicBoolean isStopping = new AtomicBoolean();

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
        if (!isStopping.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(ENDED_BY_SIGNAL + signal);
        }
        tasks.add(() -> {}); // Wakes the main thread.
    }

    private void run(Runnable cleanUp) {
        try {
            while (!isStopping.get()) {
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
