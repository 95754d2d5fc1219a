package dev.echoserver.laravel;

import dev.echoserver.config.ServerConfig;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The HTTP client for the auth hosts: HTTP/2 where TLS offers it, else HTTP/1.1 with kept connections.
 *
 * <p>OkHttp keeps one thread per request in flight: at most {@code limits.authConcurrency} of them, which end when they
 * have been idle for ten seconds.
 */
final class AuthClient {
    private static final Duration IDLE_CONNECTION = Duration.ofMinutes(1);
    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);
    private static final long STACK_BYTES = 256 * 1024;

    private AuthClient() {}

    /** A new one. A request may take {@code limits.authTimeoutSeconds}, from when it is sent. */
    static OkHttpClient of(ServerConfig config) {
        int atOnce = config.limits().authConcurrency();
        Dispatcher dispatcher = new Dispatcher(threads(atOnce));
        dispatcher.setMaxRequests(atOnce);
        dispatcher.setMaxRequestsPerHost(atOnce);
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(atOnce, IDLE_CONNECTION.toSeconds(), TimeUnit.SECONDS))
                .followRedirects(false)
                .callTimeout(config.limits().authTimeout())
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
        AuthTls.apply(config.authTls(), client);
        return client.build();
    }

    /** A request that ends starts the next one before its thread is free: there must be a queue. */
    private static ExecutorService threads(int atOnce) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                atOnce, atOnce, IDLE_THREAD.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(null, task, "auth-" + number.incrementAndGet(), STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
