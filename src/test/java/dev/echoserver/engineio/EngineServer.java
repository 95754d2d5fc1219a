package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.Loops;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawWebSocket;
import dev.echoserver.testing.SocketServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * An Engine.IO server that sends every message back to its session and remembers why sessions ended. The message
 * {@value #BUG} makes it fail, and a parameter of that name makes it fail to accept the session.
 */
final class EngineServer implements AutoCloseable {
    static final String BUG = "expected-by-this-test";
    static final String V3 = "/engine.io/?EIO=3";
    static final String V4 = "/engine.io/?EIO=4";

    private static final Duration SOON = Duration.ofMillis(10);

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Queue<CloseReason> ended = new ConcurrentLinkedQueue<>();
    private final SocketServer server;

    private EngineServer(TestSettings settings) {
        AtomicInteger sids = new AtomicInteger();
        server = SocketServer.start(
                new SocketServer.Listening(
                        0, new Loops(settings.loops), settings.times, settings.compression, settings.places),
                settings.engine(),
                new SocketServer.Application("/engine.io", protocol -> "sid-" + sids.incrementAndGet(), this::accept));
    }

    /** With the usual settings. */
    static EngineServer start() {
        return start(usual -> {});
    }

    /** With settings that {@code change} has changed. */
    static EngineServer start(Consumer<TestSettings> change) {
        TestSettings settings = new TestSettings();
        change.accept(settings);
        return new EngineServer(settings);
    }

    private SessionListener accept(Session session) {
        if (session.handshake().parameter(BUG).isPresent()) {
            throw new IllegalStateException(BUG);
        }
        sessions.put(session.id(), session);
        return new Echo(session);
    }

    int port() {
        return server.port();
    }

    int sessionCount() {
        return server.sessionCount();
    }

    ConnectionCounts connections() {
        return server.connections();
    }

    PollingClient polling(String path) throws IOException {
        return PollingClient.open(port(), path);
    }

    /** A session that begins with a WebSocket; its OPEN packet is read already. */
    RawWebSocket webSocket(String path) throws IOException {
        RawWebSocket webSocket = RawWebSocket.open(port(), path + "&transport=websocket");
        assertThat(webSocket.text()).startsWith("0{");
        return webSocket;
    }

    /** A WebSocket for the session of {@code client}. */
    RawWebSocket probe(PollingClient client) throws IOException {
        return RawWebSocket.open(port(), client.target().replace("transport=polling", "transport=websocket"));
    }

    Session session(String sid) {
        return Objects.requireNonNull(sessions.get(sid));
    }

    /** Runs {@code action} where the session lives, soon. */
    void run(String sid, Consumer<Session> action) {
        Session session = session(sid);
        session.loop().execute(() -> action.accept(session));
    }

    /** Why sessions have ended so far. */
    List<CloseReason> ended() {
        return List.copyOf(ended);
    }

    /** Waits until sessions have ended for exactly {@code reasons}, in this order, and none is left. */
    void awaitEnded(CloseReason... reasons) {
        Awaitility.await().pollInterval(SOON).untilAsserted(() -> {
            assertThat(ended).containsExactly(reasons);
            assertThat(sessionCount()).isZero();
        });
    }

    @Override
    public void close() {
        server.close();
    }

    /** One session. */
    private final class Echo implements SessionListener {
        private final Session session;

        Echo(Session session) {
            this.session = session;
        }

        @Override
        public void onText(String message) {
            if (message.equals(BUG)) {
                throw new IllegalStateException(BUG);
            }
            session.sendText(message);
        }

        @Override
        public void onBinary(byte[] message) {
            session.sendBinary(message);
        }

        @Override
        public void onClose(CloseReason reason) {
            ended.add(reason);
        }
    }
}
