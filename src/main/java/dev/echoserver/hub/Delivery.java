package dev.echoserver.hub;

import dev.echoserver.channel.SocketId;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Encoded events on their way to the subscribers of one channel.
 *
 * @param channel a channel's name, or {@link #EVERYBODY}
 * @param frames shared by all loops, one reference each
 * @param receivedAt when the event arrived, on the hub's clock
 * @param receipt of who wants to know how far it gets
 */
record Delivery(String channel, ByteBuf frames, Optional<SocketId> except, long receivedAt, Optional<Receipt> receipt) {
    /** No channel's name: addresses all connected sockets. */
    static final String EVERYBODY = "";

    int bytes() {
        return frames.readableBytes();
    }

    /** Whether both go to the same sockets, so that their frames may travel as one buffer. */
    boolean joins(Delivery next) {
        return except.isEmpty() && next.except.isEmpty() && channel.equals(next.channel);
    }
}
