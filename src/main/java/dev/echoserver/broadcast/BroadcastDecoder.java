package dev.echoserver.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.channel.Channel;
import dev.echoserver.channel.InternalChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.DecodeFailure;
import dev.echoserver.json.Envelope;
import dev.echoserver.json.EnvelopeScanner;
import dev.echoserver.json.Scanned;
import dev.echoserver.json.Utf8;
import dev.echoserver.log.Excerpt;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes broadcasts of what Laravel publishes, and drops, counted, what is none. Any thread. */
public final class BroadcastDecoder {
    private static final Logger log = LoggerFactory.getLogger(BroadcastDecoder.class);

    private final int maxBroadcastBytes;
    private final Drops drops;

    /** A decoder of payloads of at most {@code maxBroadcastBytes}. */
    public BroadcastDecoder(int maxBroadcastBytes, Drops drops) {
        this.maxBroadcastBytes = maxBroadcastBytes;
        this.drops = drops;
    }

    /** A payload of more bytes is dropped, whatever is in it. */
    public int maxBroadcastBytes() {
        return maxBroadcastBytes;
    }

    /**
     * As {@link #decode(String, byte[])}, for a name that nobody has decoded yet.
     *
     * @param channelName behind its first {@code prefixBytes} bytes, the key prefix, begins the name of the channel
     */
    public Optional<Broadcast> decode(byte[] channelName, int prefixBytes, byte[] payload) {
        String name = new String(channelName, prefixBytes, channelName.length - prefixBytes, UTF_8);
        return Utf8.isValid(channelName) ? decode(name, payload) : drop(DropReason.INVALID_CHANNEL, name, payload);
    }

    /**
     * The broadcast in {@code payload}, or nothing. The broadcast looks into {@code payload}, which must not change
     * afterwards.
     *
     * @param channelName key prefix removed
     */
    public Optional<Broadcast> decode(String channelName, byte[] payload) {
        if (InternalChannel.isInternal(channelName)) {
            return Optional.empty();
        }
        if (payload.length == 0) {
            return drop(DropReason.EMPTY, channelName, payload);
        }
        if (payload.length > maxBroadcastBytes) {
            return drop(DropReason.TOO_LARGE, channelName, payload);
        }
        Scanned scanned = EnvelopeScanner.scan(payload);
        if (scanned instanceof DecodeFailure failure) {
            return drop(DropReason.of(failure), channelName, payload);
        }
        if (!Channel.isName(channelName)) {
            return drop(DropReason.INVALID_CHANNEL, channelName, payload);
        }
        Envelope envelope = (Envelope) scanned;
        if (log.isDebugEnabled()) {
            log.debug("Channel: {} Event: {}", channelName, Excerpt.of(envelope.eventName()));
        }
        return Optional.of(new Broadcast(
                Channel.of(channelName),
                envelope.event(),
                envelope.data(),
                envelope.socket().map(SocketId::new)));
    }

    /** Counts a broadcast that {@code failure} kept from being sent; as for {@link #decode(byte[], int, byte[])}. */
    public void lost(byte[] channelName, int prefixBytes, byte[] payload, Throwable failure) {
        String name = new String(channelName, prefixBytes, channelName.length - prefixBytes, UTF_8);
        drops.addLost(name, payload, failure);
    }

    private Optional<Broadcast> drop(DropReason reason, String channelName, byte[] payload) {
        drops.add(reason, channelName, payload);
        return Optional.empty();
    }
}
