package dev.echoserver.engineio;

import dev.echoserver.log.Folding;
import dev.echoserver.log.Tally;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places for sessions, of which there are so many in total and for each address. Any thread.
 *
 * <p>Sessions are counted, not TCP connections: a client has two for a moment while it upgrades, and one for each poll.
 * Behind a trusted proxy the address is the client's. All of an IPv6 network of 64 bits is one address.
 */
public final class Places {
    private static final Logger log = LoggerFactory.getLogger(Places.class);
    private static final String PER_ADDRESS =
            "limits.maxConnectionsPerAddress; if the address is a proxy, write it into trustedProxies";

    private final Capacity capacity;
    private final TrustedProxies proxies;
    private final LongSupplier clock;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<InetAddress, Integer> takenBy = new ConcurrentHashMap<>();
    private final Tally<Cause> refusals = new Tally<>(Cause.class);
    private final Folding unnamed = new Folding();

    /** @param clock like {@link System#nanoTime} */
    public Places(Capacity capacity, TrustedProxies proxies, LongSupplier clock) {
        this.capacity = capacity;
        this.proxies = proxies;
        this.clock = clock;
    }

    /**
     * How many sessions there may be.
     *
     * @param setting what decides about {@code total}, for the log
     */
    public record Capacity(int total, String setting, int perAddress) {
        /** As many as come. */
        public static final Capacity UNLIMITED = new Capacity(Integer.MAX_VALUE, "", Integer.MAX_VALUE);

        boolean isPerAddress() {
            return perAddress < Integer.MAX_VALUE;
        }
    }

    /** Why a client got none. */
    public enum Cause {
        /** There are as many sessions as there may be. */
        TOTAL(EngineIoError.SERVER_FULL),
        /** The client's address has as many as it may have. */
        ADDRESS(EngineIoError.ADDRESS_FULL);

        private final EngineIoError error;

        Cause(EngineIoError error) {
            this.error = error;
        }
    }

    /** What who asks for a place gets. */
    sealed interface Outcome {}

    /** A place, counted for {@code address} if addresses are. To be given back once. */
    record Place(Optional<InetAddress> address) implements Outcome {
        static final Place ANYWHERE = new Place(Optional.empty());
    }

    /** None, which is answered with {@code error}. */
    record Refused(EngineIoError error) implements Outcome {}

    /** How many are taken. */
    int taken() {
        return taken.get();
    }

    /** How many clients were refused for {@code cause} so far. */
    public long count(Cause cause) {
        return refusals.count(cause);
    }

    /** A place for the client that sent a request with {@code headers} over a connection from {@code peer}. */
    Outcome take(SocketAddress peer, HttpHeaders headers) {
        Optional<InetAddress> address = capacity.isPerAddress() ? counted(peer, headers) : Optional.empty();
        if (address.isPresent() && !takeFor(address.get())) {
            return refuse(Cause.ADDRESS, address.get().getHostAddress(), capacity.perAddress(), PER_ADDRESS);
        }
        if (taken.getAndUpdate(count -> Math.min(count + 1, capacity.total())) >= capacity.total()) {
            address.ifPresent(this::freeFor);
            return refuse(Cause.TOTAL, "any", capacity.total(), capacity.setting());
        }
        return address.isPresent() ? new Place(address) : Place.ANYWHERE;
    }

    private Optional<InetAddress> counted(SocketAddress peer, HttpHeaders headers) {
        Optional<InetAddress> household = proxies.householdOf(peer, headers);
        if (household.isEmpty()) {
            tellOfUnnamed(proxies.clientOf(peer, headers));
        }
        return household;
    }

    private boolean takeFor(InetAddress address) {
        AtomicBoolean isFree = new AtomicBoolean();
        takenBy.compute(address, (same, before) -> {
            int count = before == null ? 0 : before;
            isFree.set(count < capacity.perAddress());
            return Math.min(count + 1, capacity.perAddress());
        });
        return isFree.get();
    }

    /** The address of the client behind {@code handshake}, for the log. */
    String clientOf(Handshake handshake) {
        return proxies.clientOf(handshake.remoteAddress(), handshake.headers(TrustedProxies.HEADER))
                .getHostAddress();
    }

    /** {@code place} is free again. */
    void free(Place place) {
        taken.decrementAndGet();
        place.address().ifPresent(this::freeFor);
    }

    private void freeFor(InetAddress address) {
        takenBy.computeIfPresent(address, (same, count) -> count > 1 ? count - 1 : null);
    }

    private Refused refuse(Cause cause, String address, int max, String setting) {
        refusals.add(cause, clock.getAsLong())
                .ifPresent(folded -> log.warn(
                        "Refused a connection: address={} max={} reason=too many connections ({}) folded={}",
                        address,
                        max,
                        setting,
                        folded));
        return new Refused(cause.error);
    }

    private void tellOfUnnamed(InetAddress proxy) {
        unnamed.next(clock.getAsLong())
                .ifPresent(folded -> log.info(
                        "Connections are not counted for limits.maxConnectionsPerAddress: proxy={} reason=no X-Forwarded-For"
                                + " (let the proxy send it, or take it out of trustedProxies) folded={}",
                        proxy.getHostAddress(),
                        folded));
    }
}
