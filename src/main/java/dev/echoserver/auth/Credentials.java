package dev.echoserver.auth;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client showed about itself: by the request that opened its session, and by the headers that its page gave to
 * laravel-echo.
 *
 * @param origin the {@code Origin} of the session's request
 * @param referer its {@code Referer}
 * @param host its {@code Host}, as the browser or the proxy wrote it, or the {@code X-Forwarded-Host} of a trusted proxy
 * @param cookie its {@code Cookie}
 * @param userAgent its {@code User-Agent}
 * @param forwardedFor the addresses it came through, the browser's first
 * @param forwardedProto {@code http} or {@code https}
 * @param headers {@code auth.headers} of the subscribe event, else those of the CONNECT packet; unfiltered
 */
public record Credentials(
        Optional<String> origin,
        Optional<String> referer,
        Optional<String> host,
        Optional<String> cookie,
        Optional<String> userAgent,
        String forwardedFor,
        String forwardedProto,
        Map<String, String> headers) {

    private static final Pattern LOOPBACK = Pattern.compile("127\\.|localhost(?::|$)|\\[::1]");

    public Credentials {
        headers = Map.copyOf(headers);
    }

    /** The same client with other headers from its page. */
    public Credentials withHeaders(Map<String, String> given) {
        return new Credentials(origin, referer, host, cookie, userAgent, forwardedFor, forwardedProto, given);
    }

    /** Whether its page gave a header called {@code name}, in any case. */
    public boolean gives(String name) {
        return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Whether something stands between it and this server: it names itself, or uses a name that no browser does. */
    boolean isBehindProxy() {
        return forwardedFor.contains(",")
                || host.filter(name -> LOOPBACK.matcher(name).lookingAt()).isPresent();
    }

    /** Nothing secret: neither the cookie nor any header's value. */
    @Override
    public String toString() {
        return "Credentials[origin=" + origin.orElse("none") + ", cookie=" + (cookie.isPresent() ? "(hidden)" : "none")
                + ", headers=" + headers.keySet() + "]";
    }
}
