package dev.echoserver.redis;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Allows so much in each second, and no more. One thread. */
final class PerSecond {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long limit;
    private final LongSupplier nanoTime;
    private long begun;
    private long used;

    PerSecond(long limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    /** Whether {@code amount} more is within the limit of the present second; then it is used up. */
    boolean allow(long amount) {
        long now = nanoTime.getAsLong();
        if (now - begun >= SECOND) {
            begun = now;
            used = 0;
        }
        if (used + amount > limit) {
            return false;
        }
        used += amount;
        return true;
    }
}
