package dev.echoserver.laravel;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that wait for Laravel: one per request in flight, which end when they have been idle for ten seconds. More
 * requests wait for one of them.
 *
 * <p>A thread of its own sends a request and waits for the answer. OkHttp's own dispatcher, which does the same, looks at
 * every open request and renames the thread twice for each new one.
 */
final class AuthThreads {
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final long STACK_BYTES = 256 * 1024;

    private AuthThreads() {}

    /** Runs at most {@code atOnce} tasks at once, and none that come after the shutdown. */
    static ThreadPoolExecutor of(int atOnce) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(null, task, "auth-" + number.incrementAndGet(), STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
