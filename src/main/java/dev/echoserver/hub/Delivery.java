package dev.echoserver.hub;

import dev.echoserver.channel.SocketId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * Encoded events on their way to the subscribers of one channel.
 *
 * @param channel a channel's name, or {@link #EVERYBODY}
 * @param frames shared by all loops, one reference each; of a binary event its bytes, which each loop has yet to encode
 * @param receivedAt when the event arrived, on the hub's clock
 * @param receipt of who wants to know how far it gets
 * @param binary an event with attachments: each form that subscribers take is encoded of it
 */
record Delivery(
        String channel,
        ByteBuf frames,
        Optional<SocketId> except,
        long receivedAt,
        Optional<Receipt> receipt,
        Optional<Whisper> binary) {
    /** No channel's name: addresses all connected sockets. */
    static final String EVERYBODY = "";

    /** What an event with attachments takes while it waits: nothing is copied. */
    static ByteBuf bytesOf(Whisper binary) {
        return Unpooled.wrappedBuffer(binary.attachments().toArray(new byte[0][]));
    }

    /** What it weighs while it waits. */
    int bytes() {
        return binary.isPresent()
                ? (int) Math.min(Integer.MAX_VALUE, binary.get().size())
                : frames.readableBytes();
    }

    /** Whether both go to the same sockets, so that their frames may travel as one buffer. */
    boolean joins(Delivery next) {
        return except.isEmpty()
                && next.except.isEmpty()
                && binary.isEmpty()
                && next.binary.isEmpty()
                && channel.equals(next.channel);
    }
}
