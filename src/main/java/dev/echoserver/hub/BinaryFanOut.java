package dev.echoserver.hub;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Sends an event with attachments to the subscribers of one event loop, encoded once for each form that they take. */
final class BinaryFanOut {
    private final String channel;
    private final Whisper binary;
    private final Map<BinaryEncoder, ByteBuf> encoded = new HashMap<>();

    private BinaryFanOut(String channel, Whisper binary) {
        this.channel = channel;
        this.binary = binary;
    }

    /** Sends {@code run}, which is {@code binary}, to all of {@code subscribers} that it is for; returns to how many. */
    static int send(Run run, Whisper binary, Set<Subscriber> subscribers) {
        BinaryFanOut fanOut = new BinaryFanOut(run.channel(), binary);
        int sockets = 0;
        try {
            for (Subscriber subscriber : subscribers) {
                if (!run.except().filter(subscriber.id()::equals).isPresent()) {
                    subscriber.send(fanOut.framesFor(subscriber).retain());
                    sockets++;
                }
            }
        } finally {
            fanOut.encoded.values().forEach(ByteBuf::release);
        }
        return sockets;
    }

    private ByteBuf framesFor(Subscriber subscriber) {
        return encoded.computeIfAbsent(subscriber.binaryEncoder(), encoder -> encoder.encode(channel, binary));
    }
}
