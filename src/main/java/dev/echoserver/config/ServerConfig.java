package dev.echoserver.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be set, read once at start. The components follow the keys of the file, whose names and quirks
 * are those of laravel-echo-server 1.6.3.
 *
 * @param host address to listen on; empty means all addresses, IPv4 and IPv6
 * @param port port to listen on; 0 means any free one
 * @param devMode whether to log each join, leave and broadcast
 * @param log what is logged, and where
 * @param protocol what browsers speak to the port
 * @param authHosts candidates for the host that authorizes joins, in the order of the file; never empty
 * @param authEndpoint appended to the chosen auth host
 * @param authTls how the certificate of an auth host is checked
 * @param allowedOrigins whose visitors' cookies are shown to Laravel; empty means pages on this server's own host name
 *     or on that of an auth host
 * @param trustedProxies the proxies that are believed when they say which address a browser has
 * @param clients who may use the HTTP API with a secret key
 * @param apps who may use it with signed requests
 * @param database where presence is kept
 * @param redis the Redis that Laravel publishes to
 * @param publishPresence whether each change of a presence channel is published to Redis
 * @param membersKey whether each presence channel's list is also kept under {@code <channel>:members}, as
 *     laravel-echo-server kept it
 * @param socketio the transport
 * @param subscribers where broadcasts come from
 * @param apiOriginAllow cross-origin access to the HTTP API
 * @param headers additional response headers of the HTTP API, by name
 * @param limits bounds that protect the server
 * @param channelEvents whether a broadcast on a public channel also goes to every socket, as an event named after the
 *     channel
 * @param strictCompatibility whether pages and Laravel get exactly what laravel-echo-server sent: no {@code socket_id} and
 *     no headers of this server's own in the question to Laravel, no reason in {@code subscription_error}; the default is
 *     true for a file of that server's name
 * @param authAnswers which answers of Laravel open a private channel; the default is {@link AuthAnswers#ANY} if
 *     {@code strictCompatibility} is true
 * @param tls certificate and key; there if {@code protocol} or {@code https.port} asks for TLS
 * @param management the port for health and metrics; empty if it is switched off
 * @param drain how long a server that stops takes to close its connections, one after the other
 */
public record ServerConfig(
        Optional<String> host,
        int port,
        boolean devMode,
        LogConfig log,
        Protocol protocol,
        List<String> authHosts,
        String authEndpoint,
        AuthTlsConfig authTls,
        List<String> allowedOrigins,
        List<AddressRange> trustedProxies,
        List<ApiClient> clients,
        List<App> apps,
        Database database,
        RedisConfig redis,
        boolean publishPresence,
        boolean membersKey,
        SocketIoConfig socketio,
        Subscribers subscribers,
        ApiOriginAllow apiOriginAllow,
        Map<String, String> headers,
        LimitsConfig limits,
        boolean channelEvents,
        boolean strictCompatibility,
        AuthAnswers authAnswers,
        Optional<TlsConfig> tls,
        Optional<ManagementConfig> management,
        Duration drain) {

    /** Copies the collections. */
    public ServerConfig {
        authHosts = List.copyOf(authHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
        trustedProxies = List.copyOf(trustedProxies);
        clients = List.copyOf(clients);
        apps = List.copyOf(apps);
        headers = Map.copyOf(headers);
    }

    /** What an empty file means. */
    public static ServerConfig defaults() {
        return of("{}");
    }

    /**
     * The configuration that {@code json} describes, for programs that embed the server.
     *
     * @throws IllegalArgumentException naming all problems, if there are any
     */
    public static ServerConfig of(String json) {
        ConfigResult result = ConfigReader.parse(json);
        if (result instanceof ConfigResult.Valid valid) {
            return valid.config();
        }
        throw new IllegalArgumentException("json: " + result.problems());
    }

    /** The keys of what differs in {@code next} and cannot change while the server runs, in alphabetical order. */
    public Set<String> restartsFor(ServerConfig next) {
        Set<String> keys = Changes.between(this, next);
        keys.removeAll(Set.of("apps", "clients", "devMode", "log", "tls"));
        if (!tls.flatMap(TlsConfig::port).equals(next.tls.flatMap(TlsConfig::port))) {
            keys.add("https.port");
        }
        return keys;
    }

    /** What browsers speak to the port. */
    public enum Protocol {
        /** Without TLS. */
        HTTP,
        /** With TLS. */
        HTTPS
    }

    /** Where presence is kept. */
    public enum Database {
        /** In Redis. */
        REDIS,
        /** In memory, for a server that is alone; laravel-echo-server had a file for it. */
        SQLITE
    }

    /**
     * Where broadcasts come from.
     *
     * @param http whether the HTTP API accepts them
     * @param redis whether Redis is subscribed to
     */
    public record Subscribers(boolean http, boolean redis) {}

    /**
     * Cross-origin access to the HTTP API.
     *
     * @param allowCors whether the three headers are sent at all
     * @param allowOrigin value of {@code Access-Control-Allow-Origin}
     * @param allowMethods value of {@code Access-Control-Allow-Methods}
     * @param allowHeaders value of {@code Access-Control-Allow-Headers}
     */
    public record ApiOriginAllow(boolean allowCors, String allowOrigin, String allowMethods, String allowHeaders) {}
}
