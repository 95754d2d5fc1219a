package dev.echoserver.socketio;

import dev.echoserver.Loops;
import dev.echoserver.engineio.EngineIoSettings;
import dev.echoserver.json.Json;
import dev.echoserver.testing.SocketServer;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A Socket.IO server that acknowledges events, or sends them back, and remembers what happened. */
final class RecordingServer implements AutoCloseable {
    static final String V3 = "/socket.io/?EIO=3";
    static final String V4 = "/socket.io/?EIO=4";
    static final int MAX_JSON_DEPTH = 64;

    private final Queue<String> trace = new ConcurrentLinkedQueue<>();
    private final SocketServer server;

    private RecordingServer(Duration connectTimeout, EngineIoSettings settings) {
        SocketIoServer socketIo = new SocketIoServer(
                Map.of("/", this::accept, "/custom", this::accept),
                new SocketIoServer.Limits(connectTimeout, MAX_JSON_DEPTH),
                new SecureRandom());
        server = SocketServer.start(
                0, new Loops(2), settings, new SocketServer.Application("/socket.io", socketIo::newSid, socketIo));
    }

    /** Clients have {@code connectTimeout} to connect to a namespace. */
    static RecordingServer start(Duration connectTimeout) {
        return new RecordingServer(connectTimeout, EngineIoSettings.defaults());
    }

    /** Clients are heard every {@code interval}, or within {@code timeout} after it. */
    static RecordingServer start(EngineIoSettings.Pings pings) {
        EngineIoSettings usual = EngineIoSettings.defaults();
        return new RecordingServer(
                Duration.ofSeconds(45),
                new EngineIoSettings(
                        pings,
                        usual.maxPayloadBytes(),
                        usual.maxInboundBytes(),
                        usual.transports(),
                        usual.upgrades(),
                        usual.upgradeTimeout(),
                        usual.outbound(),
                        usual.origins(),
                        usual.cookie()));
    }

    static RecordingServer start() {
        return start(Duration.ofSeconds(45));
    }

    int port() {
        return server.port();
    }

    int sessionCount() {
        return server.sessionCount();
    }

    /** What happened so far, in order. */
    List<String> trace() {
        return List.copyOf(trace);
    }

    /** A client on a WebSocket that is connected to the default namespace. */
    SocketIoClient connect(String path) throws IOException {
        SocketIoClient client = open(path);
        client.connect();
        return client;
    }

    /** A client on a WebSocket that has not connected to a namespace, unless its handshake did. */
    SocketIoClient open(String path) throws IOException {
        return SocketIoClient.open(port(), path);
    }

    private SocketListener accept(Socket socket) {
        trace.add("connected " + socket.namespace());
        return new Recorder(socket);
    }

    @Override
    public void close() {
        server.close();
    }

    /** One socket. */
    private final class Recorder implements SocketListener {
        private final Socket socket;

        Recorder(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void onEvent(String event, Arguments arguments, Consumer<Arguments> acknowledge) {
            trace.add(event + " " + arguments.values());
            switch (event) {
                case "token?" ->
                    acknowledge.accept(
                            Arguments.of(Json.string(socket.parameter("token").orElse("none"))));
                case "ask" -> acknowledge.accept(arguments);
                case "fail" -> throw new IllegalStateException("event: fail (expected: to go on)");
                case "close" -> socket.closeTransport();
                default -> socket.emit(event, arguments);
            }
        }

        @Override
        public void onDisconnect(DisconnectReason reason) {
            trace.add("gone " + reason.text());
        }
    }
}
