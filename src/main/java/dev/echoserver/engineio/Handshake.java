package dev.echoserver.engineio;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The request that opened a session.
 *
 * @param query the decoded query parameters
 * @param remoteAddress the peer of the connection; a proxy's where there is one
 */
public record Handshake(
        Protocol protocol, Map<String, List<String>> query, HttpHeaders headers, SocketAddress remoteAddress) {

    /** The same request, known to be of {@code protocol}. */
    Handshake with(Protocol known) {
        return new Handshake(known, query, headers, remoteAddress);
    }

    /** The first value of the query parameter {@code name}. */
    public Optional<String> parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }
}
