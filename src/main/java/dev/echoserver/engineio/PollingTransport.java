package dev.echoserver.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * HTTP long-polling: packets wait until the client's GET is here, which waits until there are packets.
 *
 * <p>A poll is answered exactly once: with packets, with NOOP when the client closed or must pause for an upgrade, with
 * CLOSE when the session ended by the client's fault, with an error when it ended otherwise. Confined to the session's event loop; the connections it answers on may belong to others.
 */
final class PollingTransport implements Transport {
    private final PacketListener session;
    private final int maxQueueBytes;
    private final Runnable onLost;
    private final List<ByteBuf> queue = new ArrayList<>();
    private int queuedBytes;
    private Optional<PollingRequest> poll = Optional.empty();
    private Optional<ChannelFuture> lastAnswer = Optional.empty();
    private long answerBytes;
    private boolean closing;

    /** @param onLost run, on any thread, when packets could not be handed to a client that seemed to be there */
    PollingTransport(PacketListener session, int maxQueueBytes, Runnable onLost) {
        this.session = session;
        this.maxQueueBytes = maxQueueBytes;
        this.onLost = onLost;
    }

    @Override
    public TransportName name() {
        return TransportName.POLLING;
    }

    /** A GET: answered now if something waits, else parked. */
    void onPoll(PollingRequest request) {
        if (poll.isPresent()) {
            request.exchange().refuse(EngineIoError.BAD_REQUEST);
            session.onTransportEnd(CloseReason.TRANSPORT_ERROR);
            return;
        }
        poll = Optional.of(request);
        request.exchange().onAbort(onLost);
        flush();
    }

    /** A POST: its packets are handled in order, then it is acknowledged; one bad packet refuses it and ends the session. */
    void onData(PollingRequest request, FullHttpRequest body) {
        Exchange exchange = request.exchange();
        if (!HttpMethod.POST.equals(exchange.method())) {
            exchange.refuse(EngineIoError.BAD_REQUEST);
            return;
        }
        Optional<List<Packet>> packets = request.packets(body);
        if (packets.isEmpty()) {
            exchange.refuse(EngineIoError.BAD_REQUEST);
            session.onTransportEnd(CloseReason.PARSE_ERROR);
            return;
        }
        handle(packets.get());
        exchange.respond(HttpResponseStatus.OK, "text/html", "ok");
    }

    private void handle(List<Packet> packets) {
        for (Packet packet : packets) {
            if (packet.type() == PacketType.CLOSE) {
                noop();
                session.onTransportEnd(CloseReason.TRANSPORT_CLOSE);
                return;
            }
            session.onPacket(packet);
        }
    }

    @Override
    public boolean send(ByteBuf frames) {
        if (queuedBytes > maxQueueBytes) {
            frames.release();
            return false;
        }
        queue.add(frames);
        queuedBytes += frames.readableBytes();
        return true;
    }

    /** Lets a waiting poll return empty-handed. */
    void noop() {
        if (poll.isPresent() && queue.isEmpty()) {
            send(Frames.packet(ByteBufAllocator.DEFAULT, PacketType.NOOP, ""));
        }
        flush();
    }

    @Override
    public void flush() {
        if (poll.isEmpty() || queue.isEmpty()) {
            return;
        }
        PollingRequest answered = poll.get();
        poll = Optional.empty();
        answerBytes = queuedBytes;
        lastAnswer = Optional.of(answered.answer(queue).addListener(written -> {
            if (!written.isSuccess()) {
                onLost.run(); // The client never got these packets.
            }
        }));
        release();
    }

    /** Hands what still waits to {@code successor}, in order. */
    void moveTo(WebSocketTransport successor) {
        queue.forEach(frames -> successor.take(frames.retain()));
        release();
        noop();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A parked poll gets what waits and CLOSE. Without one the packets stay for a last poll, see {@link #isDrained}.
     */
    @Override
    public void close() {
        if (!closing) {
            closing = true;
            queue.add(Frames.packet(ByteBufAllocator.DEFAULT, PacketType.CLOSE, ""));
            flush();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A parked poll gets what waits, or else the answer that any later one gets: this session is unknown. Without one
     * the packets stay for a last poll, see {@link #isDrained}.
     */
    @Override
    public void breakOff() {
        if (!closing) {
            closing = true;
            flush();
            poll.ifPresent(parked -> parked.exchange().refuse(EngineIoError.UNKNOWN_SID));
            poll = Optional.empty();
        }
    }

    @Override
    public void whenGone(Runnable action) {
        if (lastAnswer.isPresent()) {
            ChannelFuture unused = lastAnswer.get().addListener(written -> action.run());
        } else {
            action.run();
        }
    }

    /** Whether nothing waits for another poll. */
    boolean isDrained() {
        return queue.isEmpty();
    }

    @Override
    public long waitingBytes() {
        return isAnswering() ? queuedBytes + answerBytes : queuedBytes;
    }

    @Override
    public int waitingFrames() {
        return queue.size();
    }

    private boolean isAnswering() {
        return lastAnswer.filter(answer -> !answer.isDone()).isPresent();
    }

    /** {@inheritDoc} Always none: a client that does not poll is found by its heartbeat. */
    @Override
    public long nanosWithoutProgress(long nowNanos) {
        return 0;
    }

    @Override
    public void abort() {
        release();
        lastAnswer.filter(answer -> !answer.isDone()).ifPresent(answer -> {
            ChannelFuture unused = answer.channel().close(); // Its reader has stalled.
        });
    }

    private void release() {
        queue.forEach(ByteBuf::release);
        queue.clear();
        queuedBytes = 0;
    }
}
