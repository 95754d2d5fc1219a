package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastDecoder;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.RedisConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A source that writes down what it delivers: {@code "channel data"}. */
final class SourceUnderTest implements AutoCloseable {

    /** The sink throws on this channel. */
    static final String POISON = "poison";

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PING_EVERY = Duration.ofSeconds(1);

    private final Drops drops = new Drops(System::nanoTime);
    private final Queue<String> trace = new ConcurrentLinkedQueue<>();
    private final Set<String> threads = Collections.synchronizedSet(new TreeSet<>());
    private final RedisBroadcastSource source;

    private SourceUnderTest(RedisConfig settings) {
        this.source = new RedisBroadcastSource(
                new RedisConnector(settings, PATIENCE),
                new RedisBroadcastSource.Receivers(new BroadcastDecoder(1 << 20, drops), new NodeBus(drops)),
                PING_EVERY,
                System::nanoTime);
    }

    /** Opens one and waits until it listens. */
    static SourceUnderTest open(RedisConfig settings) {
        SourceUnderTest opened = openWithoutWaiting(settings);
        opened.awaitListening();
        return opened;
    }

    static SourceUnderTest openWithoutWaiting(RedisConfig settings) {
        SourceUnderTest opened = new SourceUnderTest(settings);
        opened.source.open(opened::write, SourceListener.NONE);
        return opened;
    }

    private void write(Broadcast broadcast) {
        if (broadcast.channel().name().equals(POISON)) {
            throw new IllegalStateException("poison (expected by the test)");
        }
        threads.add(Thread.currentThread().getName());
        trace.add(broadcast.channel().name() + " " + broadcast.data());
    }

    void openAgain() {
        source.open(broadcast -> {}, SourceListener.NONE);
    }

    void awaitListening() {
        await().until(source::isListening);
    }

    boolean isListening() {
        return source.isListening();
    }

    /** Exactly these, in this order, and nothing else. */
    void awaitTrace(String... expected) {
        await().untilAsserted(() -> assertThat(trace()).containsExactly(expected));
    }

    List<String> trace() {
        return List.copyOf(trace);
    }

    Set<String> threads() {
        return Set.copyOf(threads);
    }

    Drops drops() {
        return drops;
    }

    @Override
    public void close() {
        source.close();
    }
}
