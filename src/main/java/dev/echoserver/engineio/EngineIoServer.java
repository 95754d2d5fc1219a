package dev.echoserver.engineio;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Engine.IO server, protocols 3 and 4, for requests that a router found to be for it.
 *
 * <p>Requests are handled on their connection's event loop; those for a session of another loop are passed on to it, and
 * a WebSocket connection moves to its session's loop for good.
 */
public final class EngineIoServer {
    /** Handlers whose name begins so serve HTTP only; they leave the pipeline of a connection that becomes a WebSocket. */
    public static final String HTTP_HANDLER_PREFIX = "http-";
    /** The name of the handler that turns bytes into HTTP and back; that of WebSocket takes its place. */
    public static final String HTTP_CODEC = HTTP_HANDLER_PREFIX + "codec";

    private static final String RETRY_SECONDS = "30"; // For proxies and people; Socket.IO clients have their own pace.
    private static final Logger log = LoggerFactory.getLogger(EngineIoServer.class);

    private final EngineIoSettings settings;
    private final Function<Protocol, String> newSid;
    private final SessionHost host;
    private final Verification verification;
    private final Places places;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<EventLoop, FlushQueue> flushes = new ConcurrentHashMap<>();
    private final Map<EventLoop, Heartbeats> heartbeats = new ConcurrentHashMap<>();
    private final SlowReaders slowReaders = new SlowReaders(System::nanoTime);
    private final ConnectionCounts connections = new ConnectionCounts();
    private final Inbound inbound;
    private final Backlog backlog;
    private volatile boolean isDraining;

    /**
     * @param newSid makes session ids, which must be unguessable; called on event loops
     * @param acceptor hears of every new session
     * @param places how many sessions there may be
     */
    public EngineIoServer(
            EngineIoSettings settings, Function<Protocol, String> newSid, SessionAcceptor acceptor, Places places) {
        this.settings = settings;
        this.newSid = newSid;
        this.places = places;
        this.inbound = new Inbound(settings.inbound(), System::nanoTime);
        this.backlog = new Backlog(settings.outbound().maxTotalBytes(), BufferMemory::allocatedBytes);
        this.verification = new Verification(settings, sessions);
        this.host = new Host(acceptor);
    }

    /** How many sessions there are. Any thread. */
    public int sessionCount() {
        return sessions.size();
    }

    /** How many sessions there are, by kind. Any thread. */
    public ConnectionCounts connections() {
        return connections;
    }

    /** What waits for all clients together, in bytes. Any thread. */
    public long waitingBytes() {
        return backlog.heldBytes();
    }

    /** The connections that were closed because their clients read too slowly. Any thread. */
    public SlowReaders slowReaders() {
        return slowReaders;
    }

    /** What clients may send, in HTTP requests too. Any thread. */
    public Inbound inbound() {
        return inbound;
    }

    /** What pages of other origins must find in an answer to {@code request} to be able to read it. Any thread. */
    public static HttpHeaders corsHeaders(HttpHeaders request) {
        return Cors.headersFor(request);
    }

    /** Answers {@code request}, now or later; keeps it only by retaining it. On the event loop of {@code ctx}. */
    public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
        Exchange exchange = new Exchange(ctx.channel(), request);
        if (HttpMethod.OPTIONS.equals(request.method())) {
            Cors.allowPreflight(request.headers(), exchange);
            exchange.respond(HttpResponseStatus.OK, "text/html", "OK");
            return;
        }
        Verification.Outcome outcome = verification.verify(request);
        if (outcome instanceof Verification.Refused refused) {
            refuse(exchange, request, refused.error());
        } else if (outcome instanceof Verification.ForSession known) {
            pass(ctx, request, exchange, known);
        } else if (outcome instanceof Verification.NewSession opened) {
            open(ctx, request, exchange, opened);
        }
    }

    private static void refuse(Exchange exchange, FullHttpRequest request, EngineIoError error) {
        if (WebSocketHandshake.isWanted(request)) {
            exchange.closeAfterwards();
        }
        exchange.refuse(error);
    }

    private void open(
            ChannelHandlerContext ctx, FullHttpRequest request, Exchange exchange, Verification.NewSession opened) {
        if (isDraining) { // The connection was there before: a browser's, or one that a proxy keeps.
            exchange.closeAfterwards();
            exchange.respond(HttpResponseStatus.SERVICE_UNAVAILABLE, "text/plain", "This server is stopping.");
            return;
        }
        Places.Outcome outcome = places.take(ctx.channel().remoteAddress(), request.headers());
        if (outcome instanceof Places.Refused full) {
            exchange.with(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
            refuse(exchange, request, full.error());
        } else if (outcome instanceof Places.Place place) {
            Handshake handshake =
                    Handshake.of(opened.protocol(), request, ctx.channel().remoteAddress(), place);
            open(ctx, request, exchange, opened, handshake);
        }
    }

    private void open(
            ChannelHandlerContext ctx,
            FullHttpRequest request,
            Exchange exchange,
            Verification.NewSession opened,
            Handshake handshake) {
        String sid = newSid.apply(opened.protocol());
        settings.cookie().ifPresent(c -> exchange.with(HttpHeaderNames.SET_COOKIE, c.header(sid)));
        EventLoop loop = ctx.channel().eventLoop();
        if (opened.transport() == TransportName.WEBSOCKET) {
            new WebSocketHandshake(ctx, opened.protocol(), inbound)
                    .perform(
                            request,
                            exchange,
                            webSocket -> Session.webSocket(sid, handshake, host, loop, webSocket),
                            () -> places.free(handshake.place()));
            return;
        }
        Session session = polling(sid, handshake, loop);
        session.onRequest(new PollingRequest(exchange, opened.protocol(), opened.query()), request);
    }

    private Session polling(String sid, Handshake handshake, EventLoop loop) {
        boolean isOpen = false;
        try {
            Session session = Session.polling(sid, handshake, host, loop);
            isOpen = true;
            return session;
        } finally {
            if (!isOpen) {
                places.free(handshake.place());
            }
        }
    }

    private void pass(
            ChannelHandlerContext ctx, FullHttpRequest request, Exchange exchange, Verification.ForSession known) {
        Session session = known.session();
        request.retain();
        if (known.transport() == TransportName.WEBSOCKET) {
            EventLoops.move(ctx.channel(), session.loop(), moved -> {
                if (moved) {
                    upgrade(ctx, request, exchange, session);
                }
                request.release();
            });
            return;
        }
        EventLoops.run(session.loop(), () -> {
            try {
                session.onRequest(
                        new PollingRequest(exchange, session.handshake().protocol(), known.query()), request);
            } finally {
                request.release();
            }
        });
    }

    /** One that may not probe is opened and closed at once, as the reference does. */
    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, Exchange exchange, Session session) {
        Protocol protocol = session.handshake().protocol();
        new WebSocketHandshake(ctx, protocol, inbound).perform(request, exchange, session::probe, () -> {});
    }

    /**
     * Opens no more sessions and closes the transport of every one there is, so that clients come back later or
     * elsewhere. Returns when all are closed; not to be called on an event loop.
     *
     * @param over the time in which they are closed, evenly, so that the clients do not all come back at once
     * @param random decides on their order
     */
    public void drain(Duration over, RandomGenerator random) {
        isDraining = true;
        log.info("Closing connections: count={} seconds={}", sessions.size(), over.toSeconds());
        new Drain(sessions.values(), random).run(over);
        sessions.values()
                .forEach(session -> session.loop().execute(() -> {
                    session.end(CloseReason.SERVER_SHUTTING_DOWN);
                    session.stopLingering();
                }));
    }

    private final class Host implements SessionHost {
        private final SessionAcceptor acceptor;

        Host(SessionAcceptor acceptor) {
            this.acceptor = acceptor;
        }

        @Override
        public EngineIoSettings settings() {
            return settings;
        }

        @Override
        public FlushQueue flushes(EventLoop loop) {
            return flushes.computeIfAbsent(
                    loop, l -> new FlushQueue(l, settings.outbound().maxStall(), new Relief(backlog)));
        }

        @Override
        public Inbound inbound() {
            return inbound;
        }

        @Override
        public SlowReaders slowReaders() {
            return slowReaders;
        }

        @Override
        public String clientOf(Handshake handshake) {
            return places.clientOf(handshake);
        }

        @Override
        public Heartbeats heartbeats(EventLoop loop) {
            return heartbeats.computeIfAbsent(loop, l -> new Heartbeats(settings.pings(), l));
        }

        @Override
        public ConnectionCounts connections() {
            return connections;
        }

        @Override
        public SessionListener accept(Session session) {
            sessions.put(session.id(), session);
            connections.opened(session);
            boolean isAccepted = false;
            try {
                SessionListener listener = acceptor.accept(session);
                isAccepted = true;
                return listener;
            } finally {
                if (!isAccepted) { // Its place is given back where it was taken.
                    sessions.remove(session.id(), session);
                    connections.closed(session);
                    session.end(CloseReason.TRANSPORT_ERROR);
                }
            }
        }

        @Override
        public void forget(Session session) {
            if (sessions.remove(session.id(), session)) {
                connections.closed(session);
                places.free(session.handshake().place());
            }
        }
    }
}
