package dev.echoserver.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One Engine.IO connection, over whichever transport it has now.
 *
 * <p>Confined to its event loop: only {@link #id}, {@link #handshake}, {@link #loop} and {@link #inbound} may be called elsewhere.
 */
public final class Session implements PacketListener, Heartbeat.Client {
    /*
     * Life: open -> (probing -> upgraded)? -> ended. An ended polling session that still holds packets for its client
     * lingers until the client has polled once more or the ping timeout is over.
     */
    private static final long OVERTAKEN_MILLIS = 1; // The loop reads all its connections in between.

    private final String id;
    private final Handshake handshake;
    private final EventLoop loop;
    private final SessionHost host;
    private final FlushQueue flushes;
    private final Heartbeat heartbeat;
    private final Transports transports;
    private boolean open = true;
    private boolean condemned;
    private boolean awaitsFlush;
    private SessionListener listener = SessionListener.NONE;

    /** Opens a session: OPEN goes out first, then whatever the host's listener sends while it is introduced. */
    private Session(
            String id, Handshake handshake, SessionHost host, EventLoop loop, Function<Session, Transport> transport) {
        this.id = id;
        this.handshake = handshake;
        this.loop = loop;
        this.host = host;
        this.flushes = host.flushes(loop);
        this.transports = new Transports(this, host, transport.apply(this));
        this.heartbeat = new Heartbeat(host.heartbeats(loop), handshake.protocol(), this);
        send(PacketType.OPEN, OpenData.json(this, host.settings()));
        this.listener = host.accept(this);
    }

    /** A session that begins with polling. */
    static Session polling(String id, Handshake handshake, SessionHost host, EventLoop loop) {
        int maxQueueBytes = host.settings().outbound().maxQueueBytes();
        return new Session(
                id,
                handshake,
                host,
                loop,
                session -> new PollingTransport(
                        session, maxQueueBytes, () -> loop.execute(() -> session.end(CloseReason.TRANSPORT_CLOSE))));
    }

    /** A session that begins with a WebSocket. */
    static Session webSocket(
            String id, Handshake handshake, SessionHost host, EventLoop loop, WebSocketTransport first) {
        return new Session(id, handshake, host, loop, session -> {
            first.listener(session);
            return first;
        });
    }

    /** The secret that names this session in requests. Any thread. */
    public String id() {
        return id;
    }

    /** The request that opened this session. Any thread. */
    public Handshake handshake() {
        return handshake;
    }

    /** The client's address, which a proxy may have told, for the log. */
    public String client() {
        return host.clientOf(handshake);
    }

    /** The event loop that owns this session. Any thread. */
    public EventLoop loop() {
        return loop;
    }

    /** What clients may send. Any thread. */
    public Inbound inbound() {
        return host.inbound();
    }

    /** Whether messages still go both ways. */
    public boolean isOpen() {
        return open;
    }

    /** The name of the present transport. */
    public TransportName transport() {
        return transports.current().name();
    }

    /**
     * Sends {@code frames}, made by {@link Frames}, and takes over the caller's reference. They leave with everything
     * else that is sent during this round of the event loop. A session whose client reads too slowly ends instead.
     */
    public void send(ByteBuf frames) {
        if (take(frames)) {
            flushSoon();
        }
    }

    /** As {@link #send}, but they leave at once. */
    public void sendNow(ByteBuf frames) {
        if (take(frames)) {
            flushes.flush(this);
        }
    }

    private boolean take(ByteBuf frames) {
        assert loop.inEventLoop();
        if (!open || condemned) {
            frames.release();
            return false;
        }
        if (transports.current().send(frames)) {
            return true;
        }
        condemned = true; // Ended in a task of its own: the caller may be walking over its subscribers.
        loop.execute(() -> endSlow(SlowReaders.Cause.QUEUE));
        return false;
    }

    /** What was handed to the transport leaves at the end of this round of the event loop. */
    void flushSoon() {
        if (!awaitsFlush) {
            awaitsFlush = true;
            flushes.add(this);
        }
    }

    /** Sends a text message, as {@link #send}. */
    public void sendText(String message) {
        send(PacketType.MESSAGE, message);
    }

    /** Sends a binary message, as {@link #send}; in base64 if the client asked for it by {@code b64} in its query. */
    public void sendBinary(byte[] message) {
        send(Frames.binary(ByteBufAllocator.DEFAULT, handshake.protocol(), message, handshake.wantsBase64()));
    }

    private void send(PacketType type, String data) {
        send(Frames.packet(ByteBufAllocator.DEFAULT, type, data));
    }

    /** A polling request that names this session. */
    void onRequest(PollingRequest request, FullHttpRequest http) {
        if (!HttpMethod.GET.equals(request.exchange().method())) {
            perform(request, polling -> polling.onData(request, http));
        } else if (transports.isUpgrading()) { // UPGRADE may have been sent before this poll, and be read behind it.
            Future<?> unused = loop.schedule(
                    () -> perform(request, polling -> polling.onPoll(request)),
                    OVERTAKEN_MILLIS,
                    TimeUnit.MILLISECONDS);
        } else {
            perform(request, polling -> polling.onPoll(request));
        }
    }

    private void perform(PollingRequest request, Consumer<PollingTransport> action) {
        Optional<PollingTransport> polling = transports.polling();
        if (polling.isEmpty() || !(open || transports.holdPackets())) {
            request.exchange().refuse(open ? EngineIoError.BAD_REQUEST : EngineIoError.UNKNOWN_SID);
            return;
        }
        try {
            action.accept(polling.get());
        } catch (RuntimeException bug) {
            inbound().refusals().addFailure(client(), "a polling request", bug);
            request.exchange().fail();
            end(CloseReason.FORCED_CLOSE);
        }
        if (!open && !transports.holdPackets()) {
            host.forget(this);
        }
    }

    /** Lets {@code candidate} probe, if one may now; else closes it. */
    void probe(WebSocketTransport candidate) {
        transports.probe(candidate);
    }

    @Override
    public void onPacket(Packet packet) {
        if (!open) {
            return;
        }
        heartbeat.spoke();
        switch (packet.type()) {
            case PING, PONG -> onHeartbeat(packet);
            case MESSAGE -> onMessage(packet);
            case OPEN, CLOSE, UPGRADE, NOOP -> {} // Nothing to do here: they concern transports.
        }
    }

    @Override
    public void ping() {
        send(PacketType.PING, "");
    }

    @Override
    public void onSilence() {
        end(CloseReason.PING_TIMEOUT);
    }

    private void onHeartbeat(Packet packet) {
        boolean ping = packet.type() == PacketType.PING;
        if (ping != (handshake.protocol() == Protocol.V3)) {
            end(CloseReason.TRANSPORT_ERROR); // In protocol 3 the client pings, in protocol 4 the server.
        } else if (ping && packet instanceof Packet.Text text) {
            send(PacketType.PONG, text.data());
        } else {
            heartbeat.heard();
        }
    }

    private void onMessage(Packet packet) {
        if (packet instanceof Packet.Text text) {
            listener.onText(text.data());
        } else if (packet instanceof Packet.Binary binary) {
            listener.onBinary(binary.data());
        }
    }

    @Override
    public void onTransportEnd(CloseReason reason) {
        end(reason);
    }

    /** Ends the session, if it has not ended, and closes its transport. The client may come back as a new session. */
    public void end(CloseReason reason) {
        if (!open) {
            return;
        }
        open = false;
        heartbeat.stop();
        transports.close(reason);
        if (reason.isClientThere() && transports.holdPackets()) {
            long millis = host.settings().pings().timeout().toMillis();
            Future<?> unused = loop.schedule(this::stopLingering, millis, TimeUnit.MILLISECONDS);
        } else {
            stopLingering();
        }
        listener.onClose(reason);
    }

    /** Ends the session, if it has not ended, because its client reads too slowly. */
    void endSlow(SlowReaders.Cause cause) {
        if (open) {
            host.slowReaders().add(cause, client(), outbound().waitingBytes());
            outbound().abort();
            end(CloseReason.SLOW_READER);
        }
    }

    /** An ended session waits no longer for a poll of its client. */
    void stopLingering() {
        host.forget(this);
        transports.polling().ifPresent(PollingTransport::abort);
    }

    /** The flush that it awaited takes place. */
    void isFlushed() {
        awaitsFlush = false;
    }

    /** What carries packets to the client now. */
    Transport outbound() {
        return transports.current();
    }

    /** Whether bytes wait for the client to read. */
    boolean isWaiting() {
        return open && outbound().isWaiting();
    }
}
