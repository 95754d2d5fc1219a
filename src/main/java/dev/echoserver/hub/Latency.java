package dev.echoserver.hub;

import java.util.Arrays;

/**
 * A histogram of the time from an event's arrival in this process until it was written to a socket, one entry for each
 * socket. Sockets of one event loop that get an event in the same round count with the end of that round.
 *
 * @param counts how many were at most as late as the bound of the same place in {@link #boundsMicros()}, and later than the
 *     bound before; the last has no bound
 * @param sumNanos of all times
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and made anew for each reader.
public record Latency(long[] counts, long sumNanos) {
    /** The upper bounds of {@link #counts}, in microseconds, but for the last. */
    public static long[] boundsMicros() {
        return DeliveryTimes.boundsMicros();
    }

    /** Nothing was delivered yet. */
    static Latency none() {
        return new Latency(new long[DeliveryTimes.boundsMicros().length + 1], 0);
    }

    Latency plus(Latency other) {
        long[] sums = counts.clone();
        Arrays.setAll(sums, i -> sums[i] + other.counts[i]);
        return new Latency(sums, sumNanos + other.sumNanos);
    }
}
