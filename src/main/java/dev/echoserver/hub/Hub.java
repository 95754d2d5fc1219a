package dev.echoserver.hub;

import static java.util.Objects.requireNonNull;

import dev.echoserver.broadcast.Audience;
import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastObserver;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.broadcast.PeerNodes;
import dev.echoserver.census.Census;
import dev.echoserver.census.Count;
import dev.echoserver.census.Selection;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.ChannelKind;
import dev.echoserver.channel.SocketId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Fan-out: encodes each broadcast once and hands it to every event loop, which passes it on to its own subscribers.
 *
 * <p>A broadcast costs one encoding and one entry per loop, however many sockets get it. Broadcasts of one source thread
 * reach every socket in the order in which they were accepted.
 */
public final class Hub implements Audience, Census {
    private final EventEncoder encoder;
    private final PeerNodes peers;
    private final Map<EventLoop, LoopHub> byLoop;
    private final List<LoopHub> loops;
    private final LongSupplier nanoTime;
    private final Map<Origin, LongAdder> broadcasts = new EnumMap<>(Origin.class); // Not changed any more.
    private volatile Optional<BroadcastObserver> observer = Optional.empty();

    /**
     * A hub for the sockets of {@code loops}.
     *
     * @param peers where whispers go besides
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public Hub(EventEncoder encoder, PeerNodes peers, Iterable<EventLoop> loops, LongSupplier nanoTime) {
        this.encoder = encoder;
        this.peers = peers;
        this.nanoTime = nanoTime;
        for (Origin origin : Origin.values()) {
            broadcasts.put(origin, new LongAdder());
        }
        Map<EventLoop, LoopHub> hubs = new HashMap<>();
        loops.forEach(loop -> hubs.put(loop, new LoopHub(loop, nanoTime)));
        this.byLoop = Collections.unmodifiableMap(hubs);
        this.loops = List.copyOf(hubs.values());
    }

    /** The part of the hub that belongs to {@code subscriber}'s event loop. Any thread. */
    public LoopHub of(Subscriber subscriber) {
        LoopHub own = byLoop.get(subscriber.loop());
        if (own == null) {
            throw new IllegalArgumentException("loop: " + subscriber.loop() + " (expected: one of this hub's)");
        }
        return own;
    }

    /** The parts of the hub, one per event loop. */
    public List<LoopHub> loops() {
        return loops;
    }

    /** Where broadcasts of {@code origin} come in: goes to the subscribers of their channels. Any thread; never blocks. */
    public BroadcastSink from(Origin origin) {
        return new BroadcastSink() {
            @Override
            public void accept(Broadcast broadcast) {
                Hub.this.accept(origin, broadcast);
            }

            /** {@inheritDoc} Waking an event loop for each broadcast would have it share few system calls among them. */
            @Override
            public void cork() {
                loops.forEach(LoopHub::cork);
            }

            @Override
            public void uncork() {
                loops.forEach(LoopHub::uncork);
            }
        };
    }

    private void accept(Origin origin, Broadcast broadcast) {
        long now = nanoTime.getAsLong();
        requireNonNull(broadcasts.get(origin)).increment();
        Optional<Receipt> receipt = observer.map(
                watching -> new Receipt(loops.size(), reach -> watching.delivered(origin, broadcast, reach)));
        Optional<Whisper> binary = binary(broadcast);
        ByteBuf frames = binary.isPresent()
                ? Delivery.bytesOf(binary.get())
                : encoder.encode(broadcast.channel(), broadcast.event(), broadcast.data());
        deliver(new Delivery(broadcast.channel().name(), frames, broadcast.except(), now, receipt, binary));
    }

    private static Optional<Whisper> binary(Broadcast broadcast) {
        return broadcast.attachments().isEmpty()
                ? Optional.empty()
                : Optional.of(new Whisper(broadcast.event(), broadcast.data(), broadcast.attachments()));
    }

    /** Has {@code watching} see every broadcast from now on; empty: nobody. Any thread. */
    public void observe(Optional<BroadcastObserver> watching) {
        observer = watching;
    }

    /** How many broadcasts came from {@code origin}. Any thread. */
    public long broadcasts(Origin origin) {
        return requireNonNull(broadcasts.get(origin)).sum();
    }

    /** What came of them. Any thread. */
    public Traffic traffic() {
        Traffic sum = Traffic.NONE;
        for (LoopHub loop : loops) {
            LoopCounters counters = loop.counters();
            sum = sum.plus(new Traffic(counters.deliveries(), counters.bytes(), loop.lost()));
        }
        return sum;
    }

    /** How long deliveries took. Any thread. */
    public Latency latency() {
        return loops.stream().map(loop -> loop.counters().times().latency()).reduce(Latency.none(), Latency::plus);
    }

    /** How many subscriptions there are to channels of {@code kind}: a socket counts once for each. Any thread. */
    public long subscriptions(ChannelKind kind) {
        return loops.stream()
                .mapToLong(loop -> loop.counters().subscriptions(kind))
                .sum();
    }

    /** Sends what the socket {@code sender} says to the others of {@code channel}, on all nodes. Any thread. */
    public void whisper(Channel channel, Whisper whisper, SocketId sender) {
        Broadcast broadcast =
                new Broadcast(channel, whisper.event(), whisper.data(), Optional.of(sender), whisper.attachments());
        accept(Origin.WHISPER, broadcast);
        peers.send(broadcast);
    }

    /** Sends {@code frames} to every connected socket but {@code except}; takes over the reference. Any thread. */
    public void sendToAll(ByteBuf frames, Optional<SocketId> except) {
        deliver(new Delivery(
                Delivery.EVERYBODY, frames, except, nanoTime.getAsLong(), Optional.empty(), Optional.empty()));
    }

    /** {@inheritDoc} Of this node: each event loop counts its own. Never fails. */
    @Override
    public CompletionStage<Count> count(Selection selection) {
        CompletionStage<Count> sum = CompletableFuture.completedStage(Count.ZERO);
        for (LoopHub loop : loops) {
            sum = sum.thenCombine(loop.count(selection), Count::plus);
        }
        return sum;
    }

    @Override
    public CompletionStage<Set<String>> joinedEndsOf(String name) {
        CompletionStage<Set<String>> all = CompletableFuture.completedStage(Set.of());
        for (LoopHub loop : loops) {
            all = all.thenCombine(loop.joinedEndsOf(name), Hub::union);
        }
        return all;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> both = new HashSet<>(some);
        both.addAll(others);
        return both;
    }

    private void deliver(Delivery delivery) {
        delivery.frames().retain(loops.size());
        for (LoopHub loop : loops) {
            loop.offer(delivery);
        }
        delivery.frames().release();
    }
}
