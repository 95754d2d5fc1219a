package dev.echoserver.hub;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long deliveries took, from the arrival of an event in this process until it was written to the socket: how many
 * fall between two bounds. Written by one event loop, read by any thread.
 */
final class DeliveryTimes {
    private static final long[] BOUNDS_MICROS = {
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
        5_000_000
    };
    private static final int NANOS_PER_MICRO = 1000;

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_MICROS.length + 1);
    private final AtomicLong sumNanos = new AtomicLong();

    /** {@code sockets} were written to {@code nanos} after the event's arrival. */
    void add(long nanos, int sockets) {
        int bound = 0;
        while (bound < BOUNDS_MICROS.length && nanos > BOUNDS_MICROS[bound] * NANOS_PER_MICRO) {
            bound++;
        }
        counts.setRelease(bound, counts.getPlain(bound) + sockets); // There is no other writer.
        sumNanos.setRelease(sumNanos.getPlain() + nanos * sockets);
    }

    /** What was added so far. */
    Latency latency() {
        long[] copy = new long[counts.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.getAcquire(i);
        }
        return new Latency(copy, sumNanos.getAcquire());
    }

    static long[] boundsMicros() {
        return BOUNDS_MICROS.clone();
    }
}
