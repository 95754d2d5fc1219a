package dev.echoserver.chaos;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A Laravel that publishes the numbers from 0 on, on several channels in turn, each at most once, and remembers which of
 * them Redis took, and when.
 */
final class Numbers implements AutoCloseable {
    private static final long EVERY_MILLIS = 10;

    private final int port;
    private final List<String> channels;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<Instant> times = new ArrayList<>();
    private final BitSet taken = new BitSet();
    private volatile Optional<RedisLine> line = Optional.empty();

    private Numbers(int port, List<String> channels) {
        this.port = port;
        this.channels = channels;
    }

    /** Starts at once. */
    static Numbers start(int port, List<String> channels) {
        Numbers numbers = new Numbers(port, channels);
        var unused = numbers.thread.scheduleWithFixedDelay(numbers::next, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return numbers;
    }

    /** How many have been tried; the next one is this. */
    synchronized int count() {
        return times.size();
    }

    /** Those from {@code from} on and below {@code to} that Redis took. */
    synchronized BitSet taken(int from, int to) {
        BitSet some = new BitSet();
        some.set(from, to);
        some.and(taken);
        return some;
    }

    /** When {@code number} was begun to be published. */
    synchronized Instant time(int number) {
        return times.get(number);
    }

    private void next() {
        Instant begun = Instant.now();
        boolean isTaken = publish(count());
        synchronized (this) {
            taken.set(times.size(), isTaken);
            times.add(begun);
        }
    }

    private boolean publish(int number) {
        try {
            RedisLine open = line.isPresent() ? line.get() : new RedisLine(port);
            line = Optional.of(open);
            String event = "{\"event\":\"number\",\"data\":" + number + ",\"socket\":null}";
            return open.ask("PUBLISH", channels.get(number % channels.size()), event)
                    .startsWith(":");
        } catch (IOException away) {
            hangUp();
            return false;
        }
    }

    private void hangUp() {
        try {
            if (line.isPresent()) {
                line.get().close();
            }
        } catch (IOException gone) {
            return;
        } finally {
            line = Optional.empty();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        hangUp(); // From here, so that one who waits for an answer gives up.
    }
}
