package dev.echoserver.interop;

import dev.echoserver.Loops;
import dev.echoserver.engineio.EngineIoSettings;
import dev.echoserver.json.Json;
import dev.echoserver.socketio.Arguments;
import dev.echoserver.socketio.DisconnectReason;
import dev.echoserver.socketio.Socket;
import dev.echoserver.socketio.SocketIoServer;
import dev.echoserver.socketio.SocketListener;
import dev.echoserver.testing.SocketServer;
import dev.echoserver.testing.SocketServer.Application;
import io.netty.util.concurrent.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Our socket layers with the behaviour of {@code reference-server.mjs}. */
public final class InteropServer {
    private static final int BURST_AT_ONCE = 1200;
    private static final int BURST_CHUNK = 100;
    private static final int BURST_PAUSE_MILLIS = 10;

    private final AtomicInteger connected = new AtomicInteger();

    private InteropServer() {}

    /** Starts one on a free port of the loopback interface. */
    public static SocketServer start(EngineIoSettings.Pings pings) {
        EngineIoSettings usual = EngineIoSettings.defaults();
        EngineIoSettings settings = new EngineIoSettings(
                pings,
                usual.maxPayloadBytes(),
                usual.maxInboundBytes(),
                usual.transports(),
                usual.upgrades(),
                usual.upgradeTimeout(),
                usual.outbound(),
                usual.origins(),
                usual.cookie());
        InteropServer behaviour = new InteropServer();
        SocketIoServer socketIo = new SocketIoServer(
                Map.of("/", behaviour::acceptDefault, "/custom", behaviour::accept),
                new SocketIoServer.Limits(Duration.ofSeconds(45), 64),
                new SecureRandom());
        Application application = new Application("/socket.io", socketIo::newSid, socketIo);
        return SocketServer.start(0, new Loops(2), settings, application);
    }

    private SocketListener acceptDefault(Socket socket) {
        connected.incrementAndGet();
        socket.handshake().parameter("burst").map(Integer::valueOf).ifPresent(n -> {
            tick(socket, 0, Math.min(n, BURST_AT_ONCE));
            burst(socket, BURST_AT_ONCE, n);
        });
        return new Behaviour(socket, connected::decrementAndGet);
    }

    private SocketListener accept(Socket socket) {
        return new Behaviour(socket, () -> {});
    }

    private static void burst(Socket socket, int from, int n) {
        Future<?> unused = socket.loop()
                .schedule(
                        () -> {
                            if (from < n) {
                                tick(socket, from, Math.min(n, from + BURST_CHUNK));
                                burst(socket, from + BURST_CHUNK, n);
                            }
                        },
                        BURST_PAUSE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private static void tick(Socket socket, int from, int to) {
        for (int i = from; i < to; i++) {
            socket.emit("tick", Json.of(Integer.toString(i)));
        }
    }

    /** One socket. */
    private final class Behaviour implements SocketListener {
        private final Socket socket;
        private final Runnable onGone;

        Behaviour(Socket socket, Runnable onGone) {
            this.socket = socket;
            this.onGone = onGone;
        }

        @Override
        public void onEvent(String event, Arguments arguments, Consumer<Arguments> acknowledge) {
            switch (event) {
                case "echo" -> socket.emit("echo-back", arguments);
                case "ack" -> acknowledge.accept(arguments);
                case "ask" -> socket.emit("question", arguments, answer -> socket.emit("answered", answer));
                case "burst" ->
                    tick(socket, 0, Integer.parseInt(arguments.values().get(0).toString()));
                case "broadcast-me" ->
                    socket.emit(
                            "App\\Events\\Tricky",
                            Json.string("chan"),
                            arguments.values().get(0));
                case "close-transport" -> socket.closeTransport();
                case "kick" -> socket.disconnect();
                case "count" -> acknowledge.accept(Arguments.of(Json.of(Integer.toString(connected.get()))));
                default -> {}
            }
        }

        @Override
        public void onDisconnect(DisconnectReason reason) {
            onGone.run();
        }
    }
}
