package dev.echoserver.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Optional;

/**
 * One WebSocket connection: each packet is one frame. The last handler of its connection's pipeline, on the session's
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What a write or a close comes to is heard in channelInactive.
final class WebSocketTransport extends ChannelInboundHandlerAdapter implements Transport, FrameReader.Listener {
    private final Channel connection;
    private final Protocol protocol;
    private final Refusals refusals;
    private final FrameReader reader;
    private final Outbox outbox;
    private PacketListener listener = PacketListener.NONE;
    private Optional<Pongs> pongs = Optional.empty();
    private boolean ended;

    /** @param inbound bounds what the client sends */
    WebSocketTransport(Channel connection, Protocol protocol, Outbox.Route route, Inbound inbound) {
        this.connection = connection;
        this.protocol = protocol;
        this.refusals = inbound.refusals();
        this.reader = new FrameReader(inbound, route == Outbox.Route.COMPRESSED);
        this.outbox = new Outbox(connection, route);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        outbox.counter().ifPresent(ctx.pipeline()::addFirst);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        reader.release();
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
        if (!outbox.isWritable()) {
            outbox.flush(); // What waits may only have waited for the end of this round.
            if (!outbox.isWritable()) {
                frames.release();
                return !connection.isActive(); // A broken connection is reported as such, not as slow.
            }
        }
        take(frames);
        return true;
    }

    /** Queues frames as {@link #send} does, however much waits: they were counted already where they waited before. */
    void take(ByteBuf frames) {
        outbox.add(frames);
    }

    @Override
    public void flush() {
        outbox.flush();
    }

    @Override
    public boolean isWaiting() {
        return outbox.isWaiting();
    }

    @Override
    public long waitingBytes() {
        return outbox.waitingBytes();
    }

    @Override
    public int waitingFrames() {
        return outbox.waitingFrames();
    }

    @Override
    public long nanosWithoutProgress(long nowNanos) {
        return outbox.nanosWithoutProgress(nowNanos);
    }

    @Override
    public void close() {
        if (!ended) {
            close(Frames.close(connection.alloc()));
        }
    }

    private void close(ByteBuf frame) {
        ended = true;
        outbox.sendControl(frame);
        OrderlyEnd.begin(connection);
    }

    @Override
    public void breakOff() {
        if (!ended) {
            ended = true;
            outbox.flush();
            OrderlyEnd.begin(connection);
        }
    }

    @Override
    public void whenGone(Runnable action) {
        connection.closeFuture().addListener(closed -> action.run());
    }

    @Override
    public void abort() {
        ended = true;
        connection.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (ended) {
                return;
            }
            if (message instanceof ByteBuf bytes) {
                reader.read(bytes, this);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void onText(byte[] content) {
        String text = Utf8.decode(content).orElseThrow(WebSocketTransport::notText);
        onPacket(Packet.ofText(protocol, text));
    }

    @Override
    public void onBinary(byte[] content) {
        onPacket(Packet.ofBinary(protocol, content));
    }

    @Override
    public void onPing(byte[] content) {
        if (!ended) {
            Pongs answers = pongs.orElseGet(() -> new Pongs(outbox));
            pongs = Optional.of(answers);
            answers.answer(content);
        }
    }

    /** Closes with the client's own status, so that its page sees that one. Source: RFC 6455, section 5.5.1. */
    @Override
    public void onClose(byte[] content) {
        if (!ended) {
            close(Frames.close(connection.alloc(), content));
            listener.onTransportEnd(CloseReason.TRANSPORT_CLOSE);
        }
    }

    private static CorruptedWebSocketFrameException notText() {
        return new CorruptedWebSocketFrameException(
                WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "a text message that is not UTF-8");
    }

    private void onPacket(Optional<Packet> packet) {
        if (!ended) {
            packet.ifPresentOrElse(this::onPacket, () -> listener.onTransportEnd(CloseReason.PARSE_ERROR));
        }
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
            tell(broken);
            reader.release();
            closeFor(broken.closeStatus());
            return;
        }
        if (!(cause instanceof IOException || cause instanceof CodecException)) {
            refusals.addFailure(String.valueOf(connection.remoteAddress()), "a WebSocket", cause);
        }
        abort();
    }

    /** Other broken rules are the client's own affair. */
    private void tell(CorruptedWebSocketFrameException broken) {
        WebSocketCloseStatus status = broken.closeStatus();
        if (status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
            refusals.add(
                    Refusals.Cause.MESSAGE_TOO_LARGE,
                    String.valueOf(connection.remoteAddress()),
                    String.valueOf(broken.getMessage()));
        } else if (status.code() == WebSocketCloseStatus.TRY_AGAIN_LATER.code()) {
            refusals.add(
                    Refusals.Cause.MEMORY,
                    String.valueOf(connection.remoteAddress()),
                    String.valueOf(broken.getMessage()));
        }
    }

    private void closeFor(WebSocketCloseStatus fault) {
        if (fault.code() == WebSocketCloseStatus.TRY_AGAIN_LATER.code()) {
            breakOff(); // Our memory is short: no fault of the client's.
        } else if (!ended) {
            close(Frames.close(connection.alloc(), fault));
        }
    }
}
