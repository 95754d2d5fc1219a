package dev.echoserver.engineio;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a request is: for a session, for a new one, or wrong.
 *
 * <p>The session id is taken from the query alone, never from a cookie or another header.
 *
 * <p>Source: engine.io 6.6, {@code Server#verify} and {@code #handshake}, in their order.
 */
final class Verification {
    private final EngineIoSettings settings;
    private final Map<String, Session> sessions;

    Verification(EngineIoSettings settings, Map<String, Session> sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    /** What a request is. */
    sealed interface Outcome {}

    /** A request that names {@code session}. */
    record ForSession(Session session, Handshake query) implements Outcome {}

    /** A request that opens a session. */
    record NewSession(Handshake handshake) implements Outcome {}

    /** A request that is answered with {@code error}. */
    record Refused(EngineIoError error) implements Outcome {}

    Outcome verify(FullHttpRequest request, SocketAddress remoteAddress) {
        Map<String, List<String>> query;
        try {
            query = new QueryStringDecoder(request.uri()).parameters();
        } catch (IllegalArgumentException malformedEscape) {
            return new Refused(EngineIoError.BAD_REQUEST);
        }
        Handshake handshake = new Handshake(Protocol.V4, query, request.headers(), remoteAddress);
        Optional<TransportName> transport =
                handshake.parameter("transport").flatMap(TransportName::ofWire).filter(settings.transports()::contains);
        if (transport.isEmpty()) {
            return new Refused(EngineIoError.UNKNOWN_TRANSPORT);
        }
        boolean webSocket = WebSocketHandshake.isWanted(request);
        return handshake
                .parameter("sid")
                .map(sid -> forSession(sid, handshake, transport.get(), webSocket))
                .orElseGet(() -> opening(request.method(), handshake, transport.get(), webSocket));
    }

    private Outcome forSession(String sid, Handshake query, TransportName transport, boolean webSocket) {
        Session session = sessions.get(sid);
        if (session == null) {
            return new Refused(EngineIoError.UNKNOWN_SID);
        }
        if (webSocket != (transport == TransportName.WEBSOCKET)) {
            return new Refused(EngineIoError.BAD_REQUEST);
        }
        return new ForSession(session, query.with(session.handshake().protocol()));
    }

    private Outcome opening(HttpMethod method, Handshake query, TransportName transport, boolean webSocket) {
        if (!HttpMethod.GET.equals(method)) {
            return new Refused(EngineIoError.BAD_HANDSHAKE_METHOD);
        }
        if (webSocket != (transport == TransportName.WEBSOCKET)) {
            return new Refused(EngineIoError.BAD_REQUEST);
        }
        Optional<Protocol> protocol = query.parameter("EIO").flatMap(Protocol::ofQuery);
        if (protocol.isEmpty()) {
            return new Refused(EngineIoError.UNSUPPORTED_PROTOCOL_VERSION);
        }
        return settings.origins().allow(origin(query.headers()))
                ? new NewSession(query.with(protocol.get()))
                : new Refused(EngineIoError.FORBIDDEN);
    }

    private static String origin(HttpHeaders headers) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        return origin != null ? origin : headers.get(HttpHeaderNames.REFERER, "");
    }
}
