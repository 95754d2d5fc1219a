package dev.echoserver.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A budget that fills at a constant rate, up to one burst. Full at first. Any thread. */
final class TokenBucket {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final int burst;
    private double available;
    private long filledAt;

    /** {@code now} is of a clock like {@link System#nanoTime}, here and below. */
    TokenBucket(int perSecond, int burst, long now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.available = burst;
        this.filledAt = now;
    }

    /** Takes one token if there is one: then zero, else how long until there is one. */
    synchronized Duration take(long now) {
        Duration wait = untilNext(now);
        if (wait.isZero()) {
            available -= 1;
        }
        return wait;
    }

    /** How long until there is a token. */
    synchronized Duration untilNext(long now) {
        available = Math.min(burst, available + (now - filledAt) / SECOND * perSecond);
        filledAt = now;
        return available >= 1
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil((1 - available) / perSecond * SECOND));
    }
}
