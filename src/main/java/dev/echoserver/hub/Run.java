package dev.echoserver.hub;

import dev.echoserver.channel.SocketId;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deliveries that follow each other and go to the same sockets, so that their frames may travel as one buffer. */
final class Run {
    private static final int MAX_BYTES = 64 << 10; // More costs more to copy than the saved system calls.

    private final List<Delivery> deliveries = new ArrayList<>();
    private int bytes;
    private int sockets;
    private boolean withoutSender;

    boolean isEmpty() {
        return deliveries.isEmpty();
    }

    /** Whether {@code next} may be added. */
    boolean takes(Delivery next) {
        return deliveries.isEmpty() || (first().joins(next) && bytes + next.bytes() <= MAX_BYTES);
    }

    void add(Delivery next) {
        deliveries.add(next);
        bytes += next.bytes();
    }

    private Delivery first() {
        return deliveries.get(0);
    }

    /** Where all of them go. */
    String channel() {
        return first().channel();
    }

    /** Who is left out. */
    Optional<SocketId> except() {
        return first().except();
    }

    /** The one event with attachments that it is. */
    Optional<Whisper> binary() {
        return first().binary();
    }

    int bytes() {
        return bytes;
    }

    int events() {
        return deliveries.size();
    }

    /** All frames, one behind the other; the caller releases them. */
    ByteBuf frames() {
        if (deliveries.size() == 1) {
            return first().frames().retain();
        }
        ByteBuf joined = first().frames().alloc().buffer(bytes);
        for (Delivery delivery : deliveries) {
            ByteBuf frames = delivery.frames();
            joined.writeBytes(frames, frames.readerIndex(), frames.readableBytes());
        }
        return joined;
    }

    /** How many sockets got it, and whether the sender would have been one more. */
    void sentTo(int count, boolean butNotToSender) {
        sockets = count;
        withoutSender = butNotToSender;
    }

    /** They have been written to, at {@code now}. */
    void written(long now, DeliveryTimes times) {
        for (Delivery delivery : deliveries) {
            long nanos = now - delivery.receivedAt();
            times.add(nanos, sockets);
            delivery.receipt().ifPresent(receipt -> receipt.delivered(sockets, withoutSender, nanos));
        }
    }

    /** Gives up the references of this loop. */
    void release() {
        for (Delivery delivery : deliveries) {
            delivery.frames().release();
        }
    }
}
