package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.broadcast.Audience;
import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastDecoder;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.broadcast.BroadcastSource;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.RedisConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What Laravel publishes on Redis: {@code PSUBSCRIBE <keyPrefix>*}.
 *
 * <p>The sink is called on {@code redis-io}. Unlike laravel-echo-server, a Redis that is down at the start is waited for,
 * and glob characters in the prefix mean themselves.
 */
public final class RedisBroadcastSource implements BroadcastSource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PING_EVERY = Duration.ofSeconds(10);

    private final BroadcastDecoder decoder;
    private final NodeBus bus;
    private final int prefixBytes;
    private final RedisConnector connector;
    private final Duration pingEvery;
    private final LongSupplier nanoTime;
    private final AtomicLong arrivals = new AtomicLong();
    private final ForeignBroadcasts foreign;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Optional<RedisSubscription> subscription = Optional.empty();

    /**
     * Who makes sense of what arrives.
     *
     * @param decoder of what Laravel published
     * @param bus for what nodes say to each other; also hears when the subscription is there again
     */
    public record Receivers(BroadcastDecoder decoder, NodeBus bus) {}

    /** A source that does nothing until opened. {@code nanoTime} is {@code System::nanoTime}. */
    public RedisBroadcastSource(RedisConfig settings, Receivers receivers, LongSupplier nanoTime) {
        this(new RedisConnector(settings, PATIENCE), receivers, PING_EVERY, nanoTime);
    }

    RedisBroadcastSource(RedisConnector connector, Receivers receivers, Duration pingEvery, LongSupplier nanoTime) {
        this.connector = connector;
        this.decoder = receivers.decoder();
        this.bus = receivers.bus();
        this.prefixBytes = connector.settings().keyPrefix().getBytes(UTF_8).length;
        this.pingEvery = pingEvery;
        this.nanoTime = nanoTime;
        this.foreign = new ForeignBroadcasts(connector, nanoTime);
    }

    /** What is published outside the key prefix. */
    public ForeignBroadcasts foreign() {
        return foreign;
    }

    /** {@inheritDoc} Once only. */
    @Override
    public void open(BroadcastSink sink, SourceListener listener) {
        open(sink, listener, Audience.NONE);
    }

    /** As {@link #open(BroadcastSink, SourceListener)}, and says so if {@code audience} waits for another key prefix. */
    public synchronized void open(BroadcastSink sink, SourceListener listener, Audience audience) {
        if (closed.get() || subscription.isPresent()) {
            throw new IllegalStateException("source: already open or closed (expected: opened once)");
        }
        PrefixCheck check = new PrefixCheck(connector.settings().keyPrefix(), audience, nanoTime);
        Runnable watch = audience == Audience.NONE ? () -> {} : new OutsideWatch(connector, check, nanoTime)::start;
        RedisSubscription keeper = new RedisSubscription(
                connector,
                new RedisSubscription.Listeners(messages(sink, check), alsoTelling(watch, listener)),
                pingEvery,
                nanoTime);
        subscription = Optional.of(keeper);
        keeper.start();
        connector.whenMasterMoves(keeper::move);
    }

    @Override
    public boolean isListening() {
        return subscription.filter(RedisSubscription::isListening).isPresent();
    }

    /** How often it listened again after it had not. */
    public long reconnects() {
        return Math.max(0, arrivals.get() - 1);
    }

    /** {@inheritDoc} Blocks for a few seconds at most; not to be called by the sink. */
    @Override
    public synchronized void close() {
        if (closed.compareAndSet(false, true)) {
            subscription.ifPresent(RedisSubscription::stop);
            connector.close();
        }
    }

    private SourceListener alsoTelling(Runnable watch, SourceListener listener) {
        return new SourceListener() {
            @Override
            public void listening() {
                arrivals.incrementAndGet();
                listener.listening();
                bus.connected();
                watch.run();
                foreign.connected();
            }

            @Override
            public void lost(String reason) {
                listener.lost(reason);
            }
        };
    }

    private MessageListener messages(BroadcastSink sink, PrefixCheck check) {
        return new MessageListener() {
            private boolean corked;

            @Override
            public void message(byte[] channelName, byte[] payload) {
                if (!corked) {
                    corked = true;
                    sink.cork();
                }
                if (!closed.get()) {
                    deliver(channelName, payload, sink, check);
                }
            }

            @Override
            public int worth(byte[] channelName) {
                long most = bus.takes(channelName, prefixBytes) ? bus.maxMessageBytes() : decoder.maxBroadcastBytes();
                return (int) Math.min(Integer.MAX_VALUE, most + 1); // One more shows that it is too large.
            }

            @Override
            public void readComplete() {
                if (corked) {
                    corked = false;
                    sink.uncork();
                }
            }
        };
    }

    private void deliver(byte[] channelName, byte[] payload, BroadcastSink sink, PrefixCheck check) {
        try {
            if (bus.take(channelName, prefixBytes, payload)) {
                return;
            }
            Optional<Broadcast> broadcast = decoder.decode(channelName, prefixBytes, payload);
            if (broadcast.isPresent()) {
                check.heard(channelName);
                sink.accept(broadcast.get());
            }
        } catch (RuntimeException | OutOfMemoryError lost) { // Of memory for buffers there may be more in a moment.
            decoder.lost(channelName, prefixBytes, payload, lost);
        }
    }
}
