package dev.echoserver.subscription;

import java.util.function.LongSupplier;

/**
 * Bounds how fast one socket may send events: a bucket of {@code burst} that fills at {@code eventsPerSecond}.
 *
 * <p>Confined to the socket's event loop.
 */
public final class EventBudget {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** What to do with an event. */
    public enum Verdict {
        /** Handle it. */
        WITHIN,
        /** Drop it. */
        EXCEEDED,
        /** The socket did not stop for a whole burst: drop it and close the connection. */
        EXHAUSTED
    }

    private final SubscriptionLimits limits;
    private final LongSupplier nanoTime;
    private long filledAt;
    private double available;
    private int dropped;

    /** A full bucket. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    public EventBudget(SubscriptionLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
        this.available = limits.burst();
    }

    /** Takes one event out of the budget. */
    public Verdict spend() {
        long now = nanoTime.getAsLong();
        double filled = (double) (now - filledAt) / NANOS_PER_SECOND * limits.eventsPerSecond();
        available = Math.min(limits.burst(), available + filled);
        filledAt = now;
        if (available >= 1) {
            available -= 1;
            dropped = 0;
            return Verdict.WITHIN;
        }
        dropped++;
        return dropped > limits.burst() ? Verdict.EXHAUSTED : Verdict.EXCEEDED;
    }
}
