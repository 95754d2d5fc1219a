package dev.echoserver.auth;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place a page comes from: scheme, host and port, in lower case.
 *
 * <p>Stricter than {@link java.net.URI} about what a host is (no escapes, so that nobody downstream reads another name
 * out of it), and milder (underscores, which name many a container).
 *
 * @param port the default one of the scheme if none was written; -1 if the scheme has none
 */
record WebOrigin(String scheme, String host, int port) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>[a-z][a-z0-9+.-]*)://(?:[^/?#@\\\\]*@)?(?<host>[a-z0-9._-]+|\\[[0-9a-f:.]+])"
                    + "(?::(?<port>\\d{0,5}))?(?:[/?#].*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** The origin of {@code url}; empty if it has none, as {@code null} and {@code file:///} have not. */
    static Optional<WebOrigin> of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        String port = Optional.ofNullable(parts.group("port")).orElse("");
        int number = port.isEmpty() ? defaultPort(scheme) : Integer.parseInt(port);
        return Optional.of(new WebOrigin(scheme, parts.group("host").toLowerCase(Locale.ROOT), number))
                .filter(origin -> number <= MAX_PORT);
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }

    boolean isHttp() {
        return scheme.equals("http") || scheme.equals("https");
    }

    /** {@code host:port}, without a default port. */
    String hostAndPort() {
        return port == defaultPort(scheme) ? host : host + ":" + port;
    }

    /** {@code scheme://host:port}, without a default port. */
    @Override
    public String toString() {
        return scheme + "://" + hostAndPort();
    }
}
