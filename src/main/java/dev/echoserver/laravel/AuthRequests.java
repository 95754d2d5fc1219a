package dev.echoserver.laravel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.auth.AllowedOrigins;
import dev.echoserver.auth.AuthHosts;
import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Credentials;
import dev.echoserver.config.ServerConfig;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Puts a question into a request: a {@code POST} of the form {@code channel_name=…&socket_id=…} with what the client
 * showed about itself.
 *
 * <p>Unlike laravel-echo-server, it carries {@code socket_id}, which the Pusher broadcasters of Laravel need;
 * {@code Accept} and the browser's {@code User-Agent} and addresses; and, where cookies are allowed, the browser's
 * {@code Origin} and {@code Referer}, by which Sanctum knows the application's own pages, and {@code X-XSRF-TOKEN}.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code private-channel.ts#authenticate} and {@code #prepareHeaders}.
 */
final class AuthRequests {
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");

    private final AuthHosts hosts;
    private final String endpoint;
    private final AllowedOrigins origins;
    private final boolean sendsSocketId;
    private final Map<String, HttpUrl> known = new HashMap<>(); // Of the configured hosts; filled here only.

    AuthRequests(ServerConfig config) {
        this.hosts = new AuthHosts(config.authHosts());
        this.endpoint = config.authEndpoint();
        this.sendsSocketId = !config.strictCompatibility();
        this.origins = new AllowedOrigins(config.allowedOrigins(), config.authHosts());
        for (String host : config.authHosts()) {
            urlAt(host).ifPresent(url -> known.put(host, url));
        }
    }

    /** Where to ask about {@code client}; empty if no candidate fits or it is no URL. */
    Optional<HttpUrl> urlFor(Credentials client) {
        return hosts.baseFor(client)
                .flatMap(base -> known.containsKey(base) ? Optional.of(known.get(base)) : urlAt(base));
    }

    /** Where to ask at the auth host {@code base}; empty if that is no URL. */
    Optional<HttpUrl> urlAt(String base) {
        return Optional.ofNullable(HttpUrl.parse(withEndpoint(base)));
    }

    /** An empty endpoint means that the auth host is the whole URL. */
    private String withEndpoint(String base) {
        if (endpoint.isEmpty()) {
            return base;
        }
        String host = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return host + (endpoint.startsWith("/") ? "" : "/") + endpoint;
    }

    /** Whether Laravel may be shown the cookies that {@code client} came with. */
    boolean mayUseCookiesOf(Credentials client) {
        return origins.allow(client);
    }

    /** The request to {@code url}; {@code mayUseCookies} as {@link #mayUseCookiesOf} says. */
    Request of(AuthQuestion question, HttpUrl url, boolean mayUseCookies) {
        Headers.Builder headers = new Headers.Builder();
        headersFor(question.credentials(), url, mayUseCookies).forEach(headers::addUnsafeNonAscii);
        return new Request.Builder()
                .url(url)
                .headers(headers.build())
                .post(RequestBody.create(form(question).getBytes(US_ASCII), FORM))
                .build();
    }

    private String form(AuthQuestion question) {
        String channel = "channel_name=" + URLEncoder.encode(question.channel().name(), UTF_8);
        return sendsSocketId
                ? channel + "&socket_id=" + URLEncoder.encode(question.socket().value(), UTF_8)
                : channel;
    }

    private Map<String, String> headersFor(Credentials client, HttpUrl url, boolean mayUseCookies) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "echo-server");
        ClientHeaders fromPage = new ClientHeaders(client.headers());
        put(headers, "User-Agent", client.userAgent());
        if (mayUseCookies) {
            put(headers, "Origin", client.origin());
            put(headers, "Referer", client.referer());
        }
        headers.putAll(fromPage.passedOn());
        headers.put("X-Requested-With", "XMLHttpRequest");
        putForwarded(headers, client);
        put(headers, "Cookie", fromPage.cookie().or(() -> mayUseCookies ? client.cookie() : Optional.empty()));
        if (mayUseCookies) {
            putXsrfToken(headers);
        }
        putPassword(headers, url);
        return headers;
    }

    private static void putForwarded(Map<String, String> headers, Credentials client) {
        put(headers, "X-Forwarded-For", Optional.of(client.forwardedFor()));
        put(headers, "X-Forwarded-Proto", Optional.of(client.forwardedProto()));
        put(headers, "X-Forwarded-Host", client.host());
    }

    private static void putXsrfToken(Map<String, String> headers) {
        String cookie = headers.get("Cookie");
        if (cookie != null && !headers.containsKey("X-CSRF-TOKEN") && !headers.containsKey("X-XSRF-TOKEN")) {
            put(headers, "X-XSRF-TOKEN", XsrfToken.in(cookie));
        }
    }

    /** As in laravel-echo-server, {@code http://name:password@host} asks with that password. */
    private static void putPassword(Map<String, String> headers, HttpUrl url) {
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            headers.putIfAbsent("Authorization", okhttp3.Credentials.basic(url.username(), url.password(), UTF_8));
        }
    }

    private static void put(Map<String, String> headers, String name, Optional<String> value) {
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
