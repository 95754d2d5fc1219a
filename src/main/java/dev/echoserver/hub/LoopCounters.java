package dev.echoserver.hub;

import static java.util.Objects.requireNonNull;

import dev.echoserver.channel.ChannelKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one event loop has delivered, and how many of its sockets are on channels.
 *
 * <p>Written by that loop alone, so a delivery costs a few plain additions, once for all sockets; read by any thread.
 */
final class LoopCounters {
    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong channels = new AtomicLong();
    private final DeliveryTimes times = new DeliveryTimes();
    private final Map<ChannelKind, AtomicLong> subscriptions =
            new EnumMap<>(ChannelKind.class); // Not changed any more.

    LoopCounters() {
        for (ChannelKind kind : ChannelKind.values()) {
            subscriptions.put(kind, new AtomicLong());
        }
    }

    /** {@code events} of {@code size} bytes together went to {@code sockets}. */
    void delivered(int events, int size, int sockets) {
        add(deliveries, (long) events * sockets);
        add(bytes, (long) size * sockets);
    }

    void entered(ChannelKind kind) {
        add(of(kind), 1);
    }

    void left(ChannelKind kind) {
        add(of(kind), -1);
    }

    /** From now on {@code count} channels have subscribers. */
    void channels(int count) {
        channels.setRelease(count);
    }

    private static void add(AtomicLong counter, long more) {
        counter.setRelease(counter.getPlain() + more); // There is no other writer.
    }

    private AtomicLong of(ChannelKind kind) {
        return requireNonNull(subscriptions.get(kind));
    }

    long channels() {
        return channels.getAcquire();
    }

    long deliveries() {
        return deliveries.getAcquire();
    }

    long bytes() {
        return bytes.getAcquire();
    }

    DeliveryTimes times() {
        return times;
    }

    long subscriptions(ChannelKind kind) {
        return of(kind).getAcquire();
    }
}
