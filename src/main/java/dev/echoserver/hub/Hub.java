package dev.echoserver.hub;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.channel.SocketId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fan-out: encodes each broadcast once and hands it to every event loop, which passes it on to its own subscribers.
 *
 * <p>A broadcast costs one encoding and one entry per loop, however many sockets get it. Broadcasts of one source thread
 * reach every socket in the order in which they were accepted.
 */
public final class Hub implements BroadcastSink {
    private final EventEncoder encoder;
    private final Map<EventLoop, LoopHub> byLoop;
    private final List<LoopHub> loops;

    /** A hub for sockets of {@code loops}. */
    public Hub(EventEncoder encoder, Iterable<EventLoop> loops) {
        this.encoder = encoder;
        Map<EventLoop, LoopHub> hubs = new HashMap<>();
        loops.forEach(loop -> hubs.put(loop, new LoopHub(loop)));
        this.byLoop = Collections.unmodifiableMap(hubs);
        this.loops = new ArrayList<>(hubs.values());
    }

    /** The part of the hub that {@code loop} owns. Any thread. */
    public LoopHub on(EventLoop loop) {
        LoopHub own = byLoop.get(loop);
        if (own == null) {
            throw new IllegalArgumentException("loop: " + loop + " (expected: one of this hub's)");
        }
        return own;
    }

    /** Sends {@code broadcast} to the subscribers of its channel. Any thread; never blocks. */
    @Override
    public void accept(Broadcast broadcast) {
        deliver(Optional.of(broadcast.channel().name()), encoder.encode(broadcast), broadcast.except());
    }

    /** Sends {@code frames} to every connected socket but {@code except}; takes over the reference. Any thread. */
    public void sendToAll(ByteBuf frames, Optional<SocketId> except) {
        deliver(Optional.empty(), frames, except);
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
