package dev.echoserver.subscription;

import java.util.function.LongSupplier;

/**
 * Bounds how much may be done in the long run and at once: a bucket that fills at a constant rate. Full at first.
 *
 * <p>Confined to one event loop.
 */
final class Budget {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long perSecond;
    private final long burst;
    private final LongSupplier nanoTime;
    private long filledAt;
    private double available;

    /** A bucket that holds {@code burst}. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    Budget(long perSecond, long burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
        this.available = burst;
    }

    /** Takes {@code cost} out if it is there. What costs more than a whole bucket empties a full one, and then some. */
    boolean spend(long cost) {
        fill();
        if (available < Math.min(cost, burst)) {
            return false;
        }
        available -= cost;
        return true;
    }

    /** Whether nothing is missing. */
    boolean isFull() {
        fill();
        return available >= burst;
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        available = Math.min((double) burst, available + (now - filledAt) / NANOS_PER_SECOND * perSecond);
        filledAt = now;
    }
}
