package dev.echoserver.laravel;

import dev.echoserver.config.ServerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** The HTTP client for the auth hosts: HTTP/2 where TLS offers it, else HTTP/1.1 with kept connections. */
final class AuthClient {
    private static final Duration IDLE_CONNECTION = Duration.ofMinutes(1);

    private AuthClient() {}

    /** A new one. A request may take {@code limits.authTimeoutSeconds}, from when it is sent. */
    static OkHttpClient of(ServerConfig config) {
        int atOnce = config.limits().authConcurrency();
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(atOnce, IDLE_CONNECTION.toSeconds(), TimeUnit.SECONDS))
                .followRedirects(false)
                .callTimeout(config.limits().authTimeout())
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
        AuthTls.apply(config.authTls(), client);
        return client.build();
    }
}
