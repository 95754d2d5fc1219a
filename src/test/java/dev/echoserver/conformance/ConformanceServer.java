package dev.echoserver.conformance;

import dev.echoserver.Loops;
import dev.echoserver.engineio.CloseReason;
import dev.echoserver.engineio.EngineIoSettings;
import dev.echoserver.engineio.EngineIoSettings.Pings;
import dev.echoserver.engineio.Session;
import dev.echoserver.engineio.SessionListener;
import dev.echoserver.json.Json;
import dev.echoserver.socketio.Arguments;
import dev.echoserver.socketio.DisconnectReason;
import dev.echoserver.socketio.Socket;
import dev.echoserver.socketio.SocketIoServer;
import dev.echoserver.socketio.SocketListener;
import dev.echoserver.testing.SocketServer;
import dev.echoserver.testing.SocketServer.Application;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the official suites of the Engine.IO and the Socket.IO protocol are run against:
 * {@code --port 3000 --protocol engine|socket}. The suites want a request without a revision to be refused, as the reference
 * does unless it was told to serve revision 3; the server itself takes it for one of revision 3.
 */
@Command(name = "conformance-server", mixinStandardHelpOptions = true)
public final class ConformanceServer implements Runnable {
    @Option(names = "--port", defaultValue = "3000", description = "Where to listen; 0 is any free port.")
    private int port;

    @Option(names = "--protocol", defaultValue = "socket", description = "engine or socket.")
    private Kind protocol = Kind.SOCKET;

    /** Which suite the server is for. */
    public enum Kind {
        ENGINE,
        SOCKET
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ConformanceServer())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public void run() {
        try (SocketServer server = start(port, protocol)) {
            System.out.println("listening on " + server.port());
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the server for one of the suites. */
    public static SocketServer start(int port, Kind protocol) {
        EngineIoSettings usual = EngineIoSettings.defaults();
        EngineIoSettings settings = new EngineIoSettings(
                new Pings(Duration.ofMillis(300), Duration.ofMillis(200)),
                1_000_000,
                usual.maxInboundBytes(),
                usual.transports(),
                usual.upgrades(),
                usual.upgradeTimeout(),
                usual.outbound(),
                usual.origins(),
                usual.cookie());
        SocketIoServer socketIo = new SocketIoServer(
                Map.of("/", ConformanceServer::accept, "/custom", ConformanceServer::accept),
                new SocketIoServer.Limits(Duration.ofSeconds(1), 64),
                new SecureRandom());
        Application application = protocol == Kind.ENGINE
                ? new Application("/engine.io", socketIo::newSid, Echo::new, true)
                : new Application("/socket.io", socketIo::newSid, socketIo, true);
        return SocketServer.start(port, new Loops(2), settings, application);
    }

    private static SocketListener accept(Socket socket) {
        socket.emit("auth", socket.auth().orElse(Json.of("{}")));
        return new Replies(socket);
    }

    /** Sends every Engine.IO message back. */
    private record Echo(Session session) implements SessionListener {
        @Override
        public void onText(String message) {
            session.sendText(message);
        }

        @Override
        public void onBinary(byte[] message) {
            session.sendBinary(message);
        }

        @Override
        public void onClose(CloseReason reason) {}
    }

    /** Answers {@code message} with an event and {@code message-with-ack} with an acknowledgement. */
    private record Replies(Socket socket) implements SocketListener {
        @Override
        public void onEvent(String event, Arguments arguments, Consumer<Arguments> acknowledge) {
            if (event.equals("message")) {
                socket.emit("message-back", arguments);
            } else if (event.equals("message-with-ack")) {
                acknowledge.accept(arguments);
            }
        }

        @Override
        public void onDisconnect(DisconnectReason reason) {}
    }
}
