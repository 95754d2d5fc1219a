package dev.echoserver.laravel;

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
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Puts a question into a request: a {@code POST} of the form {@code channel_name=…&socket_id=…} with what the client
 * showed about itself.
 *
 * <p>Unlike laravel-echo-server, and unless {@code strictCompatibility} is set, it carries {@code socket_id}, which the
 * Pusher broadcasters of Laravel need; {@code Accept} and the browser's {@code User-Agent} and addresses; and, where
 * cookies are allowed, the browser's {@code Origin} and {@code Referer}, by which Sanctum knows the application's own
 * pages, and {@code X-XSRF-TOKEN}.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code private-channel.ts#authenticate} and {@code #prepareHeaders}.
 */
final class AuthRequests {
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");

    private final AuthHosts hosts;
    private final String endpoint;
    private final AllowedOrigins origins;
    private final boolean isStrict;
    private final Map<String, HttpUrl> known = new HashMap<>(); // Of the configured hosts; filled here only.

    AuthRequests(ServerConfig config) {
        this.hosts = new AuthHosts(config.authHosts());
        this.endpoint = config.authEndpoint();
        this.isStrict = config.strictCompatibility();
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

    /** Why Laravel is not shown the cookies of {@code client}; empty if it is, or has something to go by instead. */
    Optional<String> withheldCookiesOf(Credentials client) {
        boolean hasInstead = client.gives("Authorization") || client.gives("Cookie");
        return client.cookie().isEmpty() || hasInstead || mayUseCookiesOf(client)
                ? Optional.empty()
                : Optional.of(origins.objectionTo(client));
    }

    /** The request to {@code url}; {@code mayUseCookies} as {@link #mayUseCookiesOf} says. */
    Request of(AuthQuestion question, HttpUrl url, boolean mayUseCookies) {
        Credentials client = question.credentials();
        Headers.Builder headers = new Headers.Builder();
        (isStrict ? AuthHeaders.asOldServer(client, url, mayUseCookies) : AuthHeaders.of(client, url, mayUseCookies))
                .forEach(headers::addUnsafeNonAscii);
        return new Request.Builder()
                .url(url)
                .headers(headers.build())
                .post(RequestBody.create(form(question).getBytes(US_ASCII), FORM))
                .build();
    }

    private String form(AuthQuestion question) {
        String channel = "channel_name=" + encoded(question.channel().name());
        return isStrict
                ? channel
                : channel + "&socket_id=" + encoded(question.socket().value());
    }

    /** As laravel-echo-server encodes it: all but letters, digits and {@code -._~}. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
