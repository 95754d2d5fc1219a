package dev.echoserver.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.broadcast.PeerNodes;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A hub of two event loops whose tasks wait for the test, with sockets that write down what they get. */
final class HubFixture {
    private final EmbeddedChannel firstLoop = new EmbeddedChannel();
    private final EmbeddedChannel secondLoop = new EmbeddedChannel();
    private final List<ByteBuf> buffers = new ArrayList<>();
    final List<String> toPeers = new ArrayList<>();
    private long nanos;
    final Hub hub = new Hub(this::encode, peers(), List.of(firstLoop.eventLoop(), secondLoop.eventLoop()), this::now);

    private PeerNodes peers() {
        return broadcast -> toPeers.add(broadcast.channel().name() + " " + broadcast.event() + " " + broadcast.data());
    }

    /** A socket on the first loop. */
    Socket socket(String id) {
        return new Socket(new SocketId(id), firstLoop.eventLoop());
    }

    /** A socket on the second loop. */
    Socket distantSocket(String id) {
        return new Socket(new SocketId(id), secondLoop.eventLoop());
    }

    /** Publishes {@code data} to {@code channel}; it waits for {@link #settle}. */
    void broadcast(String channel, String data) {
        broadcast(channel, data, Optional.empty());
    }

    void broadcast(String channel, String data, Optional<SocketId> except) {
        hub.from(Origin.REDIS).accept(new Broadcast(Channel.of(channel), Json.string("e"), Json.of(data), except));
    }

    /** A buffer that counts in {@link #unreleased}. */
    ByteBuf buffer(String content) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer();
        buffer.writeCharSequence(content, UTF_8);
        buffers.add(buffer);
        return buffer;
    }

    private ByteBuf encode(Channel channel, Json event, Json data) {
        return buffer(channel.name() + data + ";");
    }

    private long now() {
        return nanos;
    }

    /** Lets time pass. */
    void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** Runs what waits on the loops. */
    void settle() {
        firstLoop.runPendingTasks();
        secondLoop.runPendingTasks();
    }

    /** How many of the buffers that the hub or the sockets took over somebody still holds. */
    long unreleased() {
        return buffers.stream().filter(buffer -> buffer.refCnt() > 0).count();
    }

    /** A subscriber that writes down each buffer it gets, and holds it until it is flushed. */
    final class Socket implements Subscriber {
        private final SocketId id;
        private final EventLoop loop;
        private BinaryEncoder binaryEncoder = (channel, whisper) -> buffer("no form");
        private final List<ByteBuf> kept = new ArrayList<>();
        final List<String> received = new ArrayList<>();

        Socket(SocketId id, EventLoop loop) {
            this.id = id;
            this.loop = loop;
            hub.of(this).connect(this);
        }

        Socket enter(String channel) {
            hub.of(this).enter(Channel.of(channel), this);
            return this;
        }

        void leave(String channel) {
            hub.of(this).leave(Channel.of(channel), this);
        }

        void disconnect() {
            hub.of(this).disconnect(this);
        }

        /** As a transport that has written what it was given. */
        void flush() {
            kept.forEach(ByteBuf::release);
            kept.clear();
        }

        @Override
        public SocketId id() {
            return id;
        }

        @Override
        public EventLoop loop() {
            return loop;
        }

        @Override
        public void sendNow(ByteBuf frames) {
            send(frames);
        }

        @Override
        public BinaryEncoder binaryEncoder() {
            return binaryEncoder;
        }

        /** From now on it takes events with attachments as {@code encoder} writes them. */
        Socket taking(BinaryEncoder encoder) {
            binaryEncoder = encoder;
            return this;
        }

        @Override
        public void send(ByteBuf frames) {
            kept.add(frames);
            buffers.add(frames);
            received.add(frames.toString(UTF_8));
        }
    }
}
