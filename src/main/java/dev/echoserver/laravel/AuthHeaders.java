package dev.echoserver.laravel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.auth.Credentials;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/**
 * The headers of one question: what the page gave, and what is known of its client.
 *
 * <p>Laravel's Sanctum takes a request with the {@code Referer} or {@code Origin} of one of its own pages for one of a
 * logged-in session, and asks for a CSRF token. So a page that shows a token of its own is not named, unless a cookie and
 * a CSRF token go along: Sanctum then looks at the token.
 */
final class AuthHeaders {
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Credentials client;
    private final ClientHeaders fromPage;

    private AuthHeaders(Credentials client) {
        this.client = client;
        this.fromPage = new ClientHeaders(client.headers());
    }

    /** Those for the question at {@code url}; {@code mayUseCookies} says whether those of the browser may go along. */
    static Map<String, String> of(Credentials client, HttpUrl url, boolean mayUseCookies) {
        AuthHeaders all = new AuthHeaders(client);
        all.headers.put("Accept", "application/json");
        all.headers.put("User-Agent", "echo-server");
        all.put("User-Agent", client.userAgent());
        all.putAsOldServer(url, mayUseCookies);
        all.putForwarded();
        if (mayUseCookies) {
            all.putXsrfToken();
            all.putPage();
        }
        return all.headers;
    }

    /**
     * Those of laravel-echo-server: what the page gave, the cookies, and {@code X-Requested-With}.
     *
     * <p>Unlike laravel-echo-server, a foreign page's cookies and a page's headers that speak for somebody else stay away,
     * and a connection is kept for the next question ({@code Connection}).
     *
     * <p>Source: laravel-echo-server 1.6.3, {@code private-channel.ts#prepareHeaders}, and what it was seen to send.
     */
    static Map<String, String> asOldServer(Credentials client, HttpUrl url, boolean mayUseCookies) {
        AuthHeaders all = new AuthHeaders(client);
        all.putAsOldServer(url, mayUseCookies);
        return all.headers;
    }

    private void putAsOldServer(HttpUrl url, boolean mayUseCookies) {
        headers.putAll(fromPage.passedOn());
        headers.put("X-Requested-With", "XMLHttpRequest");
        put("Cookie", fromPage.cookie().or(() -> mayUseCookies ? client.cookie() : Optional.empty()));
        putPassword(url);
    }

    private void putForwarded() {
        put("X-Forwarded-For", Optional.of(client.forwardedFor()));
        put("X-Forwarded-Proto", Optional.of(client.forwardedProto()));
        put("X-Forwarded-Host", client.host());
    }

    private void putXsrfToken() {
        String cookie = headers.get("Cookie");
        if (cookie != null && !hasCsrfToken()) {
            put("X-XSRF-TOKEN", XsrfToken.in(cookie));
        }
    }

    private boolean hasCsrfToken() {
        return headers.containsKey("X-CSRF-TOKEN") || headers.containsKey("X-XSRF-TOKEN");
    }

    /** The page that asks, unless it shows a token of its own, or names itself. */
    private void putPage() {
        boolean isOfSession = headers.containsKey("Cookie") && hasCsrfToken();
        if (isOfSession || !fromPage.passedOn().containsKey("Authorization")) {
            putIfAbsent("Origin", client.origin());
            putIfAbsent("Referer", client.referer());
        }
    }

    /** As in laravel-echo-server, {@code http://name:password@host} asks with that password. */
    private void putPassword(HttpUrl url) {
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            headers.putIfAbsent("Authorization", okhttp3.Credentials.basic(url.username(), url.password(), UTF_8));
        }
    }

    private void putIfAbsent(String name, Optional<String> value) {
        if (!headers.containsKey(name)) {
            put(name, value);
        }
    }

    private void put(String name, Optional<String> value) {
        if (value.isPresent()) {
            String text = asItCame(value.get());
            if (!text.isEmpty() && ClientHeaders.isPrintable(text)) {
                headers.put(name, text);
            }
        }
    }

    /** A header that was read byte by byte and is written as UTF-8: undoes the former where that was UTF-8 too. */
    private static String asItCame(String header) {
        if (isAscii(header)) {
            return header;
        }
        String text = new String(header.getBytes(ISO_8859_1), UTF_8);
        boolean isExact = ISO_8859_1.newEncoder().canEncode(header) && text.indexOf('\uFFFD') < 0;
        return isExact ? text : header;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
