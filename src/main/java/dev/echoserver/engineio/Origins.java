package dev.echoserver.engineio;

import java.net.URI;
import java.util.Set;

/**
 * Which pages may connect.
 *
 * <p>An entry is {@code https://host:port}, {@code host:port}, {@code host:*}, {@code *:port} or {@code *:*}; the port is
 * always written. A request without an origin is that of a program, not of a page, and only {@code *:*} lets it in.
 *
 * <p>Source: socket.io 2.5, {@code Server#checkRequest}. Unlike laravel-echo-server, whole entries are compared, not
 * substrings.
 */
public record Origins(Set<String> entries) {
    /** Every page and every program. */
    public static final Origins ANY = new Origins(Set.of("*:*"));

    public Origins {
        entries = Set.copyOf(entries);
    }

    /** Whether a request whose {@code Origin} (or else {@code Referer}) is {@code origin} may connect. */
    boolean allow(String origin) {
        if (entries.contains("*:*")) {
            return true;
        }
        try {
            URI page = URI.create(origin);
            int port = page.getPort() >= 0 ? page.getPort() : "https".equals(page.getScheme()) ? 443 : 80;
            return page.getHost() != null
                    && (entries.contains(page.getScheme() + "://" + page.getHost() + ":" + port)
                            || entries.contains(page.getHost() + ":" + port)
                            || entries.contains(page.getHost() + ":*")
                            || entries.contains("*:" + port));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
