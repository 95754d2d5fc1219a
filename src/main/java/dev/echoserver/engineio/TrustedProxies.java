package dev.echoserver.engineio;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The proxies that are believed when they say which address a client has. Any thread. */
public final class TrustedProxies {
    /** Nobody is believed. */
    public static final TrustedProxies NONE = new TrustedProxies(address -> false);

    static final String HEADER = "X-Forwarded-For";
    private static final byte[] ANY_ADDRESS = new byte[4];

    private final Predicate<InetAddress> trusted;

    /** Those whose addresses are {@code trusted}. */
    public TrustedProxies(Predicate<InetAddress> trusted) {
        this.trusted = trusted;
    }

    /** Whether {@code peer} is one of them. */
    public boolean include(SocketAddress peer) {
        return include(addressOf(peer));
    }

    private boolean include(InetAddress address) {
        return trusted.test(address);
    }

    /**
     * What limits count the sender of a request with {@code headers} by: the {@link #clientOf client's} address, or its
     * network if that is one of IPv6. Empty for a proxy that does not say for whom it asks: it may ask for many.
     */
    public Optional<InetAddress> householdOf(SocketAddress peer, HttpHeaders headers) {
        return Optional.of(clientOf(peer, headers))
                .filter(client -> !include(client))
                .map(TrustedProxies::household);
    }

    /**
     * The address of the client that sent a request with {@code headers} over a connection from {@code peer}: of all that
     * its path is made of, the last that is not a trusted proxy. A proxy's own address if it does not name its client.
     */
    InetAddress clientOf(SocketAddress peer, HttpHeaders headers) {
        return clientOf(peer, headers.getAll(HEADER));
    }

    /** The same; {@code forwardedFor} are the values of {@value #HEADER}. */
    InetAddress clientOf(SocketAddress peer, List<String> forwardedFor) {
        InetAddress client = addressOf(peer);
        if (!include(client)) {
            return client;
        }
        String[] path = String.join(",", forwardedFor).split(",", -1);
        for (int last = path.length - 1; last >= 0 && include(client); last--) {
            Optional<InetAddress> before = parse(path[last].strip());
            if (before.isEmpty()) {
                return client;
            }
            client = before.get();
        }
        return client;
    }

    private static InetAddress addressOf(SocketAddress peer) {
        boolean isKnown = peer instanceof InetSocketAddress known && !known.isUnresolved();
        return isKnown ? plain(((InetSocketAddress) peer).getAddress()) : of(ANY_ADDRESS);
    }

    /** An address, perhaps in brackets, perhaps with a port behind it. Names are not looked up. */
    private static Optional<InetAddress> parse(String text) {
        String address = text;
        int colon = text.indexOf(':');
        if (text.startsWith("[")) {
            address = text.substring(1, Math.max(1, text.indexOf(']')));
        } else if (colon >= 0 && colon == text.lastIndexOf(':')) {
            address = text.substring(0, colon);
        }
        return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(address))
                .map(TrustedProxies::plain);
    }

    /** Without a scope, and as IPv4 if it is one in the form of IPv6. */
    private static InetAddress plain(InetAddress address) {
        return of(address.getAddress());
    }

    /** What counts as one address: an IPv6 network of 64 bits belongs to one customer, who has all its addresses. */
    private static InetAddress household(InetAddress address) {
        byte[] bytes = address.getAddress();
        for (int i = 8; i < bytes.length; i++) {
            bytes[i] = 0;
        }
        return of(bytes);
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) { // It only counts the bytes.
            throw new IllegalStateException("address: " + List.of(bytes.length), impossible);
        }
    }
}
