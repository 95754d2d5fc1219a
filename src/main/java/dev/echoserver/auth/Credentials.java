package dev.echoserver.auth;

import java.util.Map;
import java.util.Optional;

/**
 * What a client showed about itself: by the request that opened its session, and by the headers that its page gave to
 * laravel-echo.
 *
 * @param origin the {@code Origin} of the session's request
 * @param referer its {@code Referer}
 * @param host its {@code Host}, as the browser or the proxy wrote it
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

    public Credentials {
        headers = Map.copyOf(headers);
    }

    /** The same client with other headers from its page. */
    public Credentials withHeaders(Map<String, String> given) {
        return new Credentials(origin, referer, host, cookie, userAgent, forwardedFor, forwardedProto, given);
    }

    /** Nothing secret: neither the cookie nor any header's value. */
    @Override
    public String toString() {
        return "Credentials[origin=" + origin.orElse("none") + ", cookie=" + (cookie.isPresent() ? "(hidden)" : "none")
                + ", headers=" + headers.keySet() + "]";
    }
}
