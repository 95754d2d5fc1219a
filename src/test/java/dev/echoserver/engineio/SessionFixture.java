package dev.echoserver.engineio;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** WebSocket sessions on one event loop, whose tasks and whose time wait for the test. */
final class SessionFixture implements SessionHost, AutoCloseable {
    static final Duration MAX_STALL = Duration.ofSeconds(10);

    static final int MAX_TOTAL_BYTES = 1 << 20;

    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final Heartbeats heartbeats = new Heartbeats(settings().pings(), loop.eventLoop());
    private final AtomicLong allocated = new AtomicLong(Long.MAX_VALUE);
    private final Backlog backlog = new Backlog(MAX_TOTAL_BYTES, allocated::get);
    private final FlushQueue flushes = new FlushQueue(loop.eventLoop(), MAX_STALL, new Relief(backlog));
    private final List<Client> clients = new ArrayList<>();
    final SlowReaders slowReaders = new SlowReaders(System::nanoTime);
    final ConnectionCounts connections = new ConnectionCounts();
    private final Inbound inbound = new Inbound(EngineIoSettings.defaults().inbound(), System::nanoTime);
    final Map<String, Session> sessions = new HashMap<>();

    SessionFixture() {
        loop.freezeTime();
    }

    /** A new session; its OPEN packet waits to be flushed. */
    Client connect(String sid, Protocol protocol) {
        return new Client(sid, protocol);
    }

    /** Runs what waits on the event loop. */
    void settle() {
        loop.runPendingTasks();
    }

    /** So many bytes are in buffers from now on; before, no end of them. */
    void allocate(long bytes) {
        allocated.set(bytes);
    }

    /** Lets time pass, and runs what is due then. */
    void pass(Duration time) {
        loop.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        settle();
    }

    @Override
    public EngineIoSettings settings() {
        return EngineIoSettings.defaults();
    }

    @Override
    public FlushQueue flushes(EventLoop itsLoop) {
        return flushes;
    }

    @Override
    public Heartbeats heartbeats(EventLoop itsLoop) {
        return heartbeats;
    }

    @Override
    public Inbound inbound() {
        return inbound;
    }

    @Override
    public String clientOf(Handshake handshake) {
        return "192.0.2.1";
    }

    @Override
    public SlowReaders slowReaders() {
        return slowReaders;
    }

    @Override
    public ConnectionCounts connections() {
        return connections;
    }

    @Override
    public SessionListener accept(Session session) {
        sessions.put(session.id(), session);
        return SessionListener.NONE;
    }

    @Override
    public void forget(Session session) {
        sessions.remove(session.id());
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
        loop.finishAndReleaseAll();
    }

    /** A session with the connection under it. */
    final class Client {
        private final Connection connection = new Connection();
        private final EmbeddedChannel channel = new EmbeddedChannel(connection);
        final Session session;

        Client(String sid, Protocol protocol) {
            channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(MAX_TOTAL_BYTES, 2 * MAX_TOTAL_BYTES));
            WebSocketTransport transport = new WebSocketTransport(channel, protocol, Outbox.Route.PLAIN, inbound);
            channel.pipeline().addLast(transport);
            Handshake handshake = Handshake.of(
                    protocol,
                    new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"),
                    new InetSocketAddress("192.0.2.1", 1),
                    Places.Place.ANYWHERE);
            session = Session.webSocket(sid, handshake, SessionFixture.this, loop.eventLoop(), transport);
            clients.add(this);
        }

        /** How often what was written was handed on, up to now. */
        int flushCount() {
            return connection.flushCount;
        }

        /** From now on nothing that is flushed arrives. */
        void stopReading() {
            connection.reads = false;
        }

        /** What waited arrives, as does all that follows. */
        void readOn() {
            connection.reads = true;
            channel.flush();
        }

        private void close() {
            session.end(CloseReason.TRANSPORT_CLOSE);
            readOn();
            channel.finishAndReleaseAll();
        }
    }

    private static final class Connection extends ChannelOutboundHandlerAdapter {
        private int flushCount;
        private boolean reads = true;

        @Override
        public void flush(ChannelHandlerContext ctx) {
            flushCount++;
            if (reads) {
                ctx.flush();
            } else {
                ctx.channel().unsafe().outboundBuffer().addFlush(); // Handed to the kernel, which takes none of it.
            }
        }
    }
}
