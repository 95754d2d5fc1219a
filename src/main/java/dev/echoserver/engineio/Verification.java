package dev.echoserver.engineio;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a request is: for a session, for a new one, or wrong.
 *
 * <p>The session id is taken from the query alone, never from a cookie or another header.
 *
 * <p>Source: engine.io 6.6.13, {@code Server#verify} and {@code #handshake}, in their order.
 */
final class Verification {
    private final EngineIoSettings settings;
    private final Map<String, Session> sessions;
    private final RefusedOrigins refusedOrigins = new RefusedOrigins(System::nanoTime);

    Verification(EngineIoSettings settings, Map<String, Session> sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    /** What a request is. */
    sealed interface Outcome {}

    /** A request that names {@code session}. */
    record ForSession(Session session, TransportName transport, Query query) implements Outcome {}

    /** A request that opens a session. */
    record NewSession(Protocol protocol, TransportName transport, Query query) implements Outcome {}

    /** A request that is answered with {@code error}. */
    record Refused(EngineIoError error) implements Outcome {}

    Outcome verify(FullHttpRequest request) {
        Optional<Query> parsed = Query.of(request.uri());
        if (parsed.isEmpty()) {
            return new Refused(EngineIoError.BAD_REQUEST);
        }
        Query query = parsed.get();
        Optional<TransportName> named =
                query.first("transport").flatMap(TransportName::ofWire).filter(settings.transports()::contains);
        if (named.isEmpty()) {
            return new Refused(EngineIoError.UNKNOWN_TRANSPORT);
        }
        TransportName transport = named.get();
        boolean isOfTransport = WebSocketHandshake.isWanted(request) == (transport == TransportName.WEBSOCKET);
        Optional<String> sid = query.first("sid");
        if (sid.isPresent()) {
            return forSession(sid.get(), transport, query, isOfTransport);
        }
        if (!HttpMethod.GET.equals(request.method())) {
            return new Refused(EngineIoError.BAD_HANDSHAKE_METHOD);
        }
        return isOfTransport ? opening(request, transport, query) : new Refused(EngineIoError.BAD_REQUEST);
    }

    private Outcome forSession(String sid, TransportName transport, Query query, boolean isOfTransport) {
        Session session = sessions.get(sid);
        if (session == null) {
            return new Refused(EngineIoError.UNKNOWN_SID);
        }
        boolean isOfProtocol = protocol(query) == session.handshake().protocol();
        return isOfTransport && isOfProtocol
                ? new ForSession(session, transport, query)
                : new Refused(EngineIoError.BAD_REQUEST);
    }

    private static Protocol protocol(Query query) {
        return Protocol.ofQuery(query.first("EIO"));
    }

    private Outcome opening(FullHttpRequest request, TransportName transport, Query query) {
        String origin = origin(request.headers());
        if (settings.origins().allow(origin)) {
            return new NewSession(protocol(query), transport, query);
        }
        refusedOrigins.add(origin);
        return new Refused(EngineIoError.FORBIDDEN);
    }

    private static String origin(HttpHeaders headers) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        return origin != null ? origin : headers.get(HttpHeaderNames.REFERER, "");
    }
}
