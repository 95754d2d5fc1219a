package dev.echoserver.engineio;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many sessions there are, by protocol and by the transport that they have now. Any thread. */
public final class ConnectionCounts {
    private final Map<Protocol, Map<TransportName, LongAdder>> counts = new EnumMap<>(Protocol.class); // Not changed.

    ConnectionCounts() {
        for (Protocol protocol : Protocol.values()) {
            Map<TransportName, LongAdder> byTransport = new EnumMap<>(TransportName.class);
            for (TransportName transport : TransportName.values()) {
                byTransport.put(transport, new LongAdder());
            }
            counts.put(protocol, byTransport);
        }
    }

    /** How many sessions of {@code protocol} are on {@code transport}. */
    public long count(Protocol protocol, TransportName transport) {
        return of(protocol, transport).sum();
    }

    /** How many are on {@code transport}. */
    public long count(TransportName transport) {
        return counts.values().stream()
                .mapToLong(byTransport ->
                        requireNonNull(byTransport.get(transport)).sum())
                .sum();
    }

    void opened(Session session) {
        of(session.handshake().protocol(), session.transport()).increment();
    }

    /** A session of {@code protocol} goes on by WebSocket. */
    void upgraded(Protocol protocol) {
        of(protocol, TransportName.POLLING).decrement();
        of(protocol, TransportName.WEBSOCKET).increment();
    }

    void closed(Session session) {
        of(session.handshake().protocol(), session.transport()).decrement();
    }

    private LongAdder of(Protocol protocol, TransportName transport) {
        return requireNonNull(requireNonNull(counts.get(protocol)).get(transport));
    }
}
