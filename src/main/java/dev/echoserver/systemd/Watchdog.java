package dev.echoserver.systemd;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all event loops again and again, and gives a sign of life when all of them have answered. One that does not answer
 * is named in the log, with what it is doing, because systemd will end the process. One thread.
 */
final class Watchdog {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
    private static final int FRAMES = 15;

    private final List<? extends Executor> loops;
    private final Executor own;
    private final Duration interval;
    private final Runnable alive;
    private final Set<Executor> waitingFor = new LinkedHashSet<>();
    private final Map<Executor, Thread> threads = new HashMap<>();

    /**
     * Asks nobody yet.
     *
     * @param own the one thread of this object
     * @param interval in which {@link #ask} will be called
     * @param alive the sign of life
     */
    Watchdog(List<? extends Executor> loops, Executor own, Duration interval, Runnable alive) {
        this.loops = List.copyOf(loops);
        this.own = own;
        this.interval = interval;
        this.alive = alive;
    }

    /** Asks all; or, if some still owe the answer to the question before, names them. */
    void ask() {
        if (waitingFor.isEmpty()) {
            waitingFor.addAll(loops);
            loops.forEach(this::ask);
        } else {
            waitingFor.forEach(this::name);
        }
    }

    private void ask(Executor loop) {
        try {
            loop.execute(() -> {
                Thread thread = Thread.currentThread();
                own.execute(() -> answered(loop, thread));
            });
        } catch (RejectedExecutionException ended) {
            // The server has stopped; so will the process.
        }
    }

    private void answered(Executor loop, Thread thread) {
        threads.put(loop, thread);
        waitingFor.remove(loop);
        if (waitingFor.isEmpty()) {
            alive.run();
        }
    }

    private void name(Executor loop) {
        Thread thread = threads.get(loop);
        if (thread != null) {
            log.error(
                    "An event loop hangs, systemd will restart the server: thread={} seconds={} at\n{}",
                    thread.getName(),
                    interval.toSeconds(),
                    Stream.of(thread.getStackTrace())
                            .limit(FRAMES)
                            .map(frame -> "\tat " + frame)
                            .collect(Collectors.joining("\n")));
        }
    }
}
