package dev.echoserver.hub;

import dev.echoserver.broadcast.Audience;
import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.broadcast.PeerNodes;
import dev.echoserver.census.Census;
import dev.echoserver.census.Count;
import dev.echoserver.census.Selection;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Fan-out: encodes each broadcast once and hands it to every event loop, which passes it on to its own subscribers.
 *
 * <p>A broadcast costs one encoding and one entry per loop, however many sockets get it. Broadcasts of one source thread
 * reach every socket in the order in which they were accepted.
 */
public final class Hub implements BroadcastSink, Audience, Census {
    private final EventEncoder encoder;
    private final PeerNodes peers;
    private final Map<EventLoop, LoopHub> byLoop;
    private final List<LoopHub> loops;

    /**
     * A hub for the sockets of {@code loops}.
     *
     * @param peers where whispers go besides
     */
    public Hub(EventEncoder encoder, PeerNodes peers, Iterable<EventLoop> loops) {
        this.encoder = encoder;
        this.peers = peers;
        Map<EventLoop, LoopHub> hubs = new HashMap<>();
        loops.forEach(loop -> hubs.put(loop, new LoopHub(loop)));
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

    /** Sends {@code broadcast} to the subscribers of its channel. Any thread; never blocks. */
    @Override
    public void accept(Broadcast broadcast) {
        ByteBuf frames = encoder.encode(broadcast.channel(), broadcast.event(), broadcast.data());
        deliver(Optional.of(broadcast.channel().name()), frames, broadcast.except());
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

    /** Sends what the socket {@code sender} says to the others of {@code channel}, on all nodes. Any thread. */
    public void whisper(Channel channel, Json event, Json data, SocketId sender) {
        Broadcast broadcast = new Broadcast(channel, event, data, Optional.of(sender));
        accept(broadcast);
        peers.send(broadcast);
    }

    /** Sends {@code frames} to every connected socket but {@code except}; takes over the reference. Any thread. */
    public void sendToAll(ByteBuf frames, Optional<SocketId> except) {
        deliver(Optional.empty(), frames, except);
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

    private void deliver(Optional<String> channel, ByteBuf frames, Optional<SocketId> except) {
        frames.retain(loops.size());
        Delivery delivery = new Delivery(channel.orElse(Delivery.EVERYBODY), frames, except);
        for (LoopHub loop : loops) {
            loop.offer(delivery);
        }
        frames.release();
    }
}
