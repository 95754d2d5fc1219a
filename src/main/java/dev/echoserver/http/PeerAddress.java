package dev.echoserver.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Who is at the other end of a connection, as far as its address says. */
final class PeerAddress {
    private static final int NETWORK_BYTES = 8; // One household or server has 64 bits of IPv6 addresses to itself.

    private PeerAddress() {}

    /** A name for those who share {@code address}; empty if it is one of this machine. */
    static Optional<String> of(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                        && !internet.getAddress().isLoopbackAddress()
                ? Optional.of(name(internet.getAddress()))
                : Optional.empty();
    }

    private static String name(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
