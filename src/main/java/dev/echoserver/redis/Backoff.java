package dev.echoserver.redis;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before trying again: doubling up to a cap, so that a fleet does not knock in step. One thread. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Between half of the current step and all of it. */
    Duration next() {
        Duration step = next;
        Duration doubled = step.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        long half = step.toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    void reset() {
        next = FIRST;
    }
}
