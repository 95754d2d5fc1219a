package dev.echoserver.redis;

import dev.echoserver.config.RedisConfig;
import io.lettuce.core.RedisException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A Laravel under load: publishes ascending numbers on {@code news} every few milliseconds, whenever Redis is there. */
public final class NumberPublisher implements AutoCloseable {
    private static final long EVERY_MILLIS = 5;

    private final RedisConfig settings;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private Optional<RedisCommander> connection = Optional.empty();
    private volatile int next;

    private NumberPublisher(RedisConfig settings) {
        this.settings = settings;
    }

    /** Starts at zero. */
    public static NumberPublisher start(RedisConfig settings) {
        NumberPublisher publisher = new NumberPublisher(settings);
        var unused =
                publisher.thread.scheduleWithFixedDelay(publisher::publish, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return publisher;
    }

    /** The last one tried. */
    public int lastNumber() {
        return next - 1;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Written by one thread.
    private void publish() {
        try {
            RedisCommander commander = connection.orElseGet(() -> new RedisCommander(settings));
            connection = Optional.of(commander);
            commander.publish("news", next++);
        } catch (RedisException away) {
            connection.ifPresent(RedisCommander::close);
            connection = Optional.empty();
        }
    }

    @Override
    public void close() {
        thread.execute(() -> connection.ifPresent(RedisCommander::close));
        thread.shutdown();
    }
}
