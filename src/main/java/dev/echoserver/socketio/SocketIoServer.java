package dev.echoserver.socketio;

import dev.echoserver.channel.SocketId;
import dev.echoserver.engineio.Protocol;
import dev.echoserver.engineio.Session;
import dev.echoserver.engineio.SessionAcceptor;
import dev.echoserver.engineio.SessionListener;
import dev.echoserver.json.JsonElements;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A Socket.IO server, for clients of revision 4 (socket.io-client 2) and 5 (3 and 4) of the protocol. */
public final class SocketIoServer implements SessionAcceptor {
    /** The namespace that clients connect to unless they name another. */
    public static final String DEFAULT_NAMESPACE = "/";

    private static final int SID_BYTES = 15;

    /**
     * What a client may take its time for, and send.
     *
     * @param connectTimeout how long a session may be open without being connected to a namespace
     * @param maxJsonDepth how deep a client's JSON may be nested
     */
    public record Limits(Duration connectTimeout, int maxJsonDepth) {}

    private final Map<String, SocketAcceptor> namespaces;
    private final Limits limits;
    private final JsonElements json;
    private final RandomGenerator secureRandom;

    /**
     * @param namespaces the applications, by the name of their namespace
     * @param secureRandom must be unpredictable: ids are secrets
     */
    public SocketIoServer(Map<String, SocketAcceptor> namespaces, Limits limits, RandomGenerator secureRandom) {
        this.namespaces = Map.copyOf(namespaces);
        this.limits = limits;
        this.json = new JsonElements(limits.maxJsonDepth());
        this.secureRandom = secureRandom;
    }

    /**
     * A new session id. An Engine.IO 3 client shows it to the world as its socket id; for Engine.IO 4 it is a secret of
     * its own. Any thread.
     */
    public String newSid(Protocol protocol) {
        if (protocol == Protocol.V3) {
            return newSocketId().value();
        }
        byte[] random = new byte[SID_BYTES];
        secureRandom.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    SocketId newSocketId() {
        return SocketId.random(secureRandom);
    }

    Duration connectTimeout() {
        return limits.connectTimeout();
    }

    JsonElements json() {
        return json;
    }

    Optional<SocketAcceptor> acceptor(String namespace) {
        return Optional.ofNullable(namespaces.get(namespace));
    }

    @Override
    public SessionListener accept(Session session) {
        return new Connection(session, this);
    }
}
