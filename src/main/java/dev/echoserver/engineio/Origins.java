package dev.echoserver.engineio;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pages may connect.
 *
 * <p>An entry is {@code https://host:port}, {@code host:port}, {@code host:*}, {@code *:port} or {@code *:*}; the port is
 * always written. A request without an origin is that of a program, not of a page; it stands for port 80 of no host, so
 * {@code *:*} lets it in, and {@code *:80}.
 *
 * <p>Source: socket.io 2.5, {@code Server#checkRequest}. Unlike laravel-echo-server, whole entries are compared, not
 * substrings.
 */
public record Origins(Set<String> entries) {
    /** Every page and every program. */
    public static final Origins ANY = new Origins(Set.of("*:*"));

    // Not java.net.URI, which knows no host with an underscore, as many a container is named.
    private static final Pattern PAGE = Pattern.compile(
            "(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>[^\\s/?#@:\\\\\\[\\]]+|\\[[0-9a-fA-F:.]+])(?::(?<port>\\d{1,5}))?(?:[/?#].*)?");

    public Origins {
        entries = Set.copyOf(entries);
    }

    /** The entry that lets in just the pages of {@code origin}; that for everything if it names no page. */
    static String entryFor(String origin) {
        Matcher page = PAGE.matcher(origin);
        return page.matches() ? page.group("scheme") + "://" + page.group("host") + ":" + portOf(page) : "*:*";
    }

    private static String portOf(Matcher page) {
        return Optional.ofNullable(page.group("port"))
                .orElse(page.group("scheme").equals("https") ? "443" : "80");
    }

    /** Whether a request whose {@code Origin} (or else {@code Referer}) is {@code origin} may connect. */
    boolean allow(String origin) {
        if (entries.contains("*:*")) {
            return true;
        }
        Matcher page = PAGE.matcher(origin);
        if (!page.matches()) {
            return (origin.isEmpty() || origin.equals("null")) && entries.contains("*:80");
        }
        String scheme = page.group("scheme");
        String host = page.group("host");
        String port = portOf(page);
        return entries.contains(scheme + "://" + host + ":" + port)
                || entries.contains(host + ":" + port)
                || entries.contains(host + ":*")
                || entries.contains("*:" + port);
    }
}
