package dev.echoserver.engineio;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Pattern;

/**
 * The headers that let pages of other origins connect, cookies included.
 *
 * <p>Source: engine.io 3.6, {@code Polling#headers}: the page's origin with credentials, {@code *} for everybody else.
 */
final class Cors {
    private static final Pattern FORWARDED = Pattern.compile("(?i)forwarded");

    private Cors() {}

    /** New response headers that answer {@code request}'s origin. */
    static HttpHeaders headersFor(HttpHeaders request) {
        HttpHeaders headers = new DefaultHttpHeaders();
        String origin = request.get(HttpHeaderNames.ORIGIN);
        if (origin == null) {
            return headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        }
        return headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    }

    /** Answers a preflight: the methods of polling, and the headers that the page wants to send, but for a proxy's. */
    static void allowPreflight(HttpHeaders request, Exchange exchange) {
        String wanted = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS, "Content-Type");
        if (FORWARDED.matcher(wanted).find()) {
            wanted = "Content-Type";
        }
        exchange.with(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET,POST,OPTIONS")
                .with(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, wanted)
                .with(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
    }
}
