package dev.echoserver.http;

import dev.echoserver.engineio.TrustedProxies;
import dev.echoserver.log.Tally;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long connections may take for a request, and how many were closed because they took longer. Any thread. */
public final class SlowRequests {
    private static final Logger log = LoggerFactory.getLogger(SlowRequests.class);
    private static final long BYTES_PER_SECOND = 8 << 10;
    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final Times times;
    private final TrustedProxies proxies;
    private final LongSupplier clock;
    private final Tally<Cause> closed = new Tally<>(Cause.class);

    /**
     * What a connection has time for. The reference gives a body 30 s and 10,000 pieces, whatever its size; here a piece costs
     * nothing but its bytes.
     *
     * @param first to send its first byte; a trusted proxy, which may open connections before it needs them, has {@code idle}
     * @param request from the first byte of a request to its last; each 8 KiB of it give one second more
     * @param idle between two requests; longer than a poll is parked
     */
    public record Times(Duration first, Duration request, Duration idle) {
        /** 10 s and 20 s: enough for 1 MiB over a bad mobile link. */
        public static Times usual(Duration idle) {
            return new Times(Duration.ofSeconds(10), Duration.ofSeconds(20), idle);
        }
    }

    /** What took too long. */
    public enum Cause {
        /** The first byte. */
        SILENT,
        /** The rest of a request. */
        SLOW
    }

    /** @param clock like {@link System#nanoTime} */
    public SlowRequests(Times times, TrustedProxies proxies, LongSupplier clock) {
        this.times = times;
        this.proxies = proxies;
        this.clock = clock;
    }

    /** How many connections were closed for {@code cause}. */
    public long count(Cause cause) {
        return closed.count(cause);
    }

    long firstNanos(SocketAddress peer) {
        return (proxies.include(peer) ? times.idle() : times.first()).toNanos();
    }

    long requestNanos(long receivedBytes) {
        return times.request().toNanos() + receivedBytes / BYTES_PER_SECOND * NANOS_PER_SECOND;
    }

    long idleNanos() {
        return times.idle().toNanos();
    }

    void addSilent(SocketAddress peer) {
        closed.add(Cause.SILENT, clock.getAsLong())
                .ifPresent(folded -> log.debug(
                        "Closed a connection that sent nothing: peer={} seconds={} folded={}",
                        peer,
                        times.first().toSeconds(),
                        folded));
    }

    void addSlow(SocketAddress peer, long receivedBytes) {
        closed.add(Cause.SLOW, clock.getAsLong())
                .ifPresent(folded -> log.warn(
                        "Closed a connection whose request was too slow: peer={} received={} bytes within {} seconds"
                                + " (a bad network, or an attack: then block the address in the firewall) folded={}",
                        peer,
                        receivedBytes,
                        Duration.ofNanos(requestNanos(receivedBytes)).toSeconds(),
                        folded));
    }
}
