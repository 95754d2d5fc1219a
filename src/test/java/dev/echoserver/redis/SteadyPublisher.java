package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.RedisConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes a number every 10 ms, as requests to Laravel do: each one asks the Sentinels for the master and connects to
 * it. Notes when Redis took which.
 */
final class SteadyPublisher implements AutoCloseable {
    private static final long EVERY_MILLIS = 10;

    private final String channel;
    private final Map<Integer, Long> published = new ConcurrentSkipListMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private final RedisConnector connector;

    private SteadyPublisher(RedisConfig settings, String channel) {
        this.channel = settings.keyPrefix() + channel;
        this.connector = new RedisConnector(settings, Duration.ofSeconds(2));
    }

    static SteadyPublisher start(RedisConfig settings, String channel) {
        SteadyPublisher publisher = new SteadyPublisher(settings, channel);
        var unused = publisher.clock.scheduleAtFixedRate(publisher::publish, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return publisher;
    }

    private void publish() {
        try (var connection = connector.connect()) {
            long now = System.nanoTime();
            int number = numbers.incrementAndGet();
            connection.sync().publish(channel.getBytes(UTF_8), RedisCommander.envelope(number));
            published.put(number, now);
        } catch (RuntimeException away) {
            // As a request of Laravel fails.
        }
    }

    /** The number that was published last. */
    int last() {
        return published.keySet().stream().reduce((a, b) -> b).orElse(0);
    }

    /** From the first number that is not among {@code arrived} to the last one, of those before {@code end}. */
    Duration lost(List<String> arrived, int end) {
        List<Long> missing = new ArrayList<>();
        published.forEach((number, at) -> {
            if (number < end && !arrived.contains("news " + number)) {
                missing.add(at);
            }
        });
        return missing.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(missing.get(missing.size() - 1) - missing.get(0))
                        .plusMillis(EVERY_MILLIS);
    }

    /** How many were published before {@code end}. */
    long count(int end) {
        return published.keySet().stream().filter(number -> number < end).count();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        connector.close();
    }
}
