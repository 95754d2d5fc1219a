package dev.echoserver.engineio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How sessions are opened, kept and bounded.
 *
 * @param maxPayloadBytes the largest message or polling body a client may send
 * @param maxInboundBytes what all clients together may have sent of messages that are not complete yet
 * @param transports what clients may use
 * @param upgrades whether a polling session may move to WebSocket
 * @param upgradeTimeout how long an upgrade may take before it is given up
 * @param cookie set on the handshake's response for load balancers; never read
 */
public record EngineIoSettings(
        Pings pings,
        int maxPayloadBytes,
        long maxInboundBytes,
        Set<TransportName> transports,
        boolean upgrades,
        Duration upgradeTimeout,
        Outbound outbound,
        Origins origins,
        Optional<SessionCookie> cookie) {

    public EngineIoSettings {
        transports = Set.copyOf(transports);
    }

    /** The usual settings: 25 s, 20 s, 1 MiB in, 4 MiB or 10 s out, both transports, any origin, no cookie. */
    public static EngineIoSettings defaults() {
        return new EngineIoSettings(
                new Pings(Duration.ofSeconds(25), Duration.ofSeconds(20)),
                1 << 20,
                usualTotalBytes(),
                Set.of(TransportName.values()),
                true,
                Duration.ofSeconds(10),
                new Outbound(4 << 20, Duration.ofSeconds(10), usualTotalBytes()),
                Origins.ANY,
                Optional.empty());
    }

    /** The usual bound for all clients together, in one direction: a quarter of the memory for buffers, or of the heap. */
    public static long usualTotalBytes() {
        return Math.min(BufferMemory.maxBytes(), Runtime.getRuntime().maxMemory()) / 4;
    }

    /** What clients may send. A message may take as long to arrive as a client may be silent: it can send no other. */
    Inbound.Bounds inbound() {
        return new Inbound.Bounds(
                maxPayloadBytes, maxInboundBytes, pings.interval().plus(pings.timeout()));
    }

    /**
     * The heartbeat.
     *
     * @param interval between two pings
     * @param timeout how long the answer, or the next ping of an Engine.IO 3 client, may be late
     */
    public record Pings(Duration interval, Duration timeout) {}

    /**
     * What may wait for a client that reads slowly.
     *
     * @param maxQueueBytes more than this waiting: the session is closed
     * @param maxStall this long without a byte taken while something waits: the session is closed
     * @param maxTotalBytes more than this waiting for all clients together: the slowest are closed
     */
    public record Outbound(int maxQueueBytes, Duration maxStall, long maxTotalBytes) {}

    /**
     * The cookie that carries the session id: {@code <name>=<sid>}.
     *
     * @param attributes what stands behind it, such as {@code Path=/} and {@code HttpOnly}
     */
    public record SessionCookie(String name, List<String> attributes) {

        /** Copies the list. */
        public SessionCookie {
            attributes = List.copyOf(attributes);
        }

        /** The value of the {@code Set-Cookie} header. */
        String header(String sid) {
            String pair = name + "=" + sid;
            return attributes.isEmpty() ? pair : pair + "; " + String.join("; ", attributes);
        }
    }
}
