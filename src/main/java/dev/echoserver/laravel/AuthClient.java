package dev.echoserver.laravel;

import dev.echoserver.config.ServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

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
        if (config.strictCompatibility()) {
            client.addNetworkInterceptor(AuthClient::withoutOwnHeaders);
        }
        AuthTls.apply(config.authTls(), client);
        return client.build();
    }

    /** Takes out what the library says about itself: laravel-echo-server says nothing. */
    private static Response withoutOwnHeaders(Interceptor.Chain chain) throws IOException {
        Request asked = chain.call().request();
        Request.Builder sent = chain.request().newBuilder();
        for (String name : List.of("User-Agent", "Accept-Encoding")) {
            if (asked.header(name) == null) {
                sent.removeHeader(name);
            }
        }
        return chain.proceed(sent.build());
    }
}
