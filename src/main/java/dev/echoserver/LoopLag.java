package dev.echoserver;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How late an event loop is with its tasks: every second one is due, and the latest of the last 15 to 30 seconds counts, so
 * that nothing is missed between two looks. Written by the loop, read by any thread.
 */
final class LoopLag {
    private static final long EVERY = Duration.ofSeconds(1).toNanos();
    private static final long WINDOW = Duration.ofSeconds(15).toNanos();

    private final EventLoop loop;
    private volatile long dueNanos;
    private volatile long worst;
    private volatile long worstBefore;
    private long windowEnd;

    private LoopLag(EventLoop loop) {
        this.loop = loop;
        this.dueNanos = now() + EVERY;
        this.windowEnd = now() + WINDOW;
    }

    /** Measures from now on, until the loop ends. */
    static LoopLag of(EventLoop loop) {
        LoopLag lag = new LoopLag(loop);
        lag.schedule();
        return lag;
    }

    /** The longest lag, in seconds. */
    double seconds() {
        long overdue = now() - dueNanos; // The loop may be busy with one task since then.
        return Math.max(overdue, Math.max(worst, worstBefore)) / 1e9;
    }

    private void schedule() {
        Future<?> unused = loop.schedule(this::measure, dueNanos - now(), TimeUnit.NANOSECONDS);
    }

    private void measure() {
        long now = now();
        if (now - windowEnd >= 0) {
            worstBefore = worst;
            worst = 0;
            windowEnd = now + WINDOW;
        }
        worst = Math.max(worst, now - dueNanos);
        dueNanos = now + EVERY;
        schedule();
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
