package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.broadcast.PeerNodes;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.InternalChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Envelope;
import dev.echoserver.json.EnvelopeScanner;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import dev.echoserver.log.Excerpt;
import dev.echoserver.log.Folding;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whispers, and events that came by HTTP, from node to node over Redis:
 * {@code [node: string, channel: string, event: string, data: any, except: string|null]}, and behind these
 * {@code attachments: [base64…]} if there are any. They arrive in the order in
 * which one node sent them, between Laravel's broadcasts, and never at the node itself. What is sent while Redis is away
 * is lost.
 */
public final class RedisPeerNodes implements PeerNodes {
    private static final Logger log = LoggerFactory.getLogger(RedisPeerNodes.class);
    private static final JsonElements ELEMENTS = new JsonElements(EnvelopeScanner.MAX_DEPTH + 1);

    private static final int PARTS = 5;
    private static final long MAX_WAITING_BYTES = 64 << 20;

    private final RedisLink link;
    private final byte[] channel;
    private final LongSupplier nanoTime;
    private final Folding lines = new Folding();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final String node = UUID.randomUUID().toString();

    /**
     * To be made before {@code link} and the bus's source are opened.
     *
     * @param sink gets what the others send
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public RedisPeerNodes(RedisLink link, NodeBus bus, BroadcastSink sink, LongSupplier nanoTime) {
        this.link = link;
        this.nanoTime = nanoTime;
        this.channel = (link.settings().keyPrefix() + InternalChannel.PEERS).getBytes(UTF_8);
        bus.handle(InternalChannel.PEERS, payload -> receive(payload, sink));
    }

    @Override
    public void send(Broadcast broadcast) {
        byte[] message = write(broadcast);
        if (waitingBytes.addAndGet(message.length) > MAX_WAITING_BYTES) {
            waitingBytes.addAndGet(-message.length);
            lost(broadcast, "Redis takes it too slowly");
            return;
        }
        link.send(redis -> redis.publish(channel, message)).whenComplete((heard, failure) -> {
            waitingBytes.addAndGet(-message.length);
            if (failure != null) {
                lost(broadcast, String.valueOf(failure.getMessage()));
            }
        });
    }

    private void lost(Broadcast broadcast, String reason) {
        lines.next(nanoTime.getAsLong())
                .ifPresent(folded -> log.warn(
                        "Sent to the sockets of this server only: channel={} folded={} reason={}",
                        Excerpt.of(broadcast.channel().name()),
                        folded,
                        Excerpt.of(reason)));
    }

    private byte[] write(Broadcast broadcast) {
        Json except = broadcast.except().map(SocketId::value).map(Json::string).orElse(Json.NULL);
        ByteArrayOutputStream out = new ByteArrayOutputStream(broadcast.data().length() + 200);
        char before = '[';
        List<Json> parts = new ArrayList<>(List.of(
                Json.string(node),
                Json.string(broadcast.channel().name()),
                broadcast.event(),
                broadcast.data(),
                except));
        if (!broadcast.attachments().isEmpty()) {
            parts.add(AttachmentList.of(broadcast.attachments()));
        }
        for (Json part : parts) {
            out.write(before);
            out.write(part.bytes(), part.offset(), part.length());
            before = ',';
        }
        out.write(']');
        return out.toByteArray();
    }

    private boolean receive(byte[] payload, BroadcastSink sink) {
        Optional<List<Json>> message = ELEMENTS.of(new String(payload, UTF_8))
                .filter(parts -> parts.size() == PARTS || parts.size() == PARTS + 1);
        if (message.isEmpty()) {
            return false;
        }
        List<Json> parts = message.get();
        Optional<String> sender = Announcement.text(parts.get(0));
        Optional<String> name = Announcement.text(parts.get(1)).filter(Channel::isName);
        Optional<String> event =
                Announcement.text(parts.get(2)).filter(text -> !Envelope.RESERVED_EVENTS.contains(text));
        Optional<List<byte[]>> attachments =
                parts.size() == PARTS ? Optional.of(List.of()) : AttachmentList.read(parts.get(PARTS));
        if (sender.isEmpty() || name.isEmpty() || event.isEmpty() || attachments.isEmpty()) {
            return false;
        }
        if (!sender.get().equals(node)) {
            Optional<SocketId> except = Announcement.text(parts.get(4)).map(SocketId::new);
            sink.accept(new Broadcast(Channel.of(name.get()), parts.get(2), parts.get(3), except, attachments.get()));
        }
        return true;
    }
}
