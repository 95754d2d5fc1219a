package dev.echoserver.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection: each packet is one frame. The last handler of its connection's pipeline, on the session's
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What a write or a close comes to is heard in channelInactive.
final class WebSocketTransport extends SimpleChannelInboundHandler<WebSocketFrame> implements Transport {
    private static final Logger log = LoggerFactory.getLogger(WebSocketTransport.class);
    private static final int CLOSE_TIMEOUT_SECONDS = 2; // For a client that does not read its close frame.

    private final Channel connection;
    private final Protocol protocol;
    private final boolean compressed;
    private final SentBytes sent;
    private final Pongs pongs;
    private PacketListener listener = PacketListener.NONE;
    private boolean ended;
    private long sentBytes;
    private long progressNanos;

    /** @param compressed whether frames pass a compressor, which needs them one by one */
    WebSocketTransport(Channel connection, Protocol protocol, boolean compressed) {
        this.connection = connection;
        this.protocol = protocol;
        this.compressed = compressed;
        this.sent = new SentBytes(connection);
        this.pongs = new Pongs(connection);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addFirst(sent);
    }

    /** Whoever hears of this connection from now on. */
    void listener(PacketListener next) {
        listener = next;
    }

    @Override
    public TransportName name() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean send(ByteBuf frames) {
        if (!connection.isWritable()) {
            connection.flush(); // What waits may only have waited for the end of this round.
            if (!connection.isWritable()) {
                frames.release();
                return !connection.isActive(); // A broken connection is reported as such, not as slow.
            }
        }
        take(frames);
        return true;
    }

    /** Queues frames as {@link #send} does, however much waits: they were counted already where they waited before. */
    void take(ByteBuf frames) {
        if (compressed) {
            writeOneByOne(frames);
        } else {
            connection.write(frames, connection.voidPromise());
        }
    }

    private void writeOneByOne(ByteBuf frames) {
        while (frames.isReadable()) {
            boolean text = Frames.isText(frames);
            ByteBuf content = Frames.readContent(frames).retain();
            connection.write(text ? new TextWebSocketFrame(content) : new BinaryWebSocketFrame(content));
        }
        frames.release();
    }

    @Override
    public void flush() {
        connection.flush();
    }

    @Override
    public long waitingBytes() {
        return sent.waiting();
    }

    @Override
    public int waitingFrames() {
        ChannelOutboundBuffer buffer = connection.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.size();
    }

    @Override
    public long nanosWithoutProgress(long nowNanos) {
        long left = sent.left();
        if (left > sentBytes || progressNanos == 0) {
            sentBytes = left;
            progressNanos = nowNanos;
        }
        return nowNanos - progressNanos;
    }

    @Override
    public void close() {
        close(new CloseWebSocketFrame());
    }

    private void close(CloseWebSocketFrame frame) {
        if (ended) {
            frame.release();
            return;
        }
        ended = true;
        connection.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
        connection.eventLoop().schedule(this::abort, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void abort() {
        ended = true;
        connection.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (ended) {
            return;
        }
        if (frame instanceof PingWebSocketFrame) {
            pongs.answer(frame.content().retain());
        } else if (frame instanceof CloseWebSocketFrame) {
            close();
            listener.onTransportEnd(CloseReason.TRANSPORT_CLOSE);
        } else if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
            packet(frame).ifPresentOrElse(this::onPacket, () -> listener.onTransportEnd(CloseReason.PARSE_ERROR));
        }
    }

    private Optional<Packet> packet(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame) {
            return Utf8.decode(frame.content().nioBuffer()).flatMap(text -> Packet.ofText(protocol, text));
        }
        return Packet.ofBinary(protocol, ByteBufUtil.getBytes(frame.content()));
    }

    private void onPacket(Packet packet) {
        if (packet.type() == PacketType.CLOSE) {
            listener.onTransportEnd(CloseReason.TRANSPORT_CLOSE);
        } else {
            listener.onPacket(packet);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        listener.onTransportEnd(CloseReason.TRANSPORT_CLOSE);
    }

    /** A broken frame, a reset connection or a bug: this connection ends, nothing else. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!ended) { // Told in a task of its own: a write that fails is heard while the session is sending.
            connection.eventLoop().execute(() -> listener.onTransportEnd(CloseReason.TRANSPORT_ERROR));
        }
        if (cause instanceof CorruptedWebSocketFrameException broken) {
            close(new CloseWebSocketFrame(broken.closeStatus()));
            return;
        }
        if (!(cause instanceof IOException || cause instanceof CodecException)) {
            log.error("Connection failed: peer={}", connection.remoteAddress(), cause);
        }
        abort();
    }
}
