package dev.echoserver.testing;

import dev.echoserver.Loops;
import dev.echoserver.engineio.EngineIoServer;
import dev.echoserver.engineio.EngineIoSettings;
import dev.echoserver.engineio.Protocol;
import dev.echoserver.engineio.SessionAcceptor;
import dev.echoserver.http.HttpPipeline;
import dev.echoserver.http.Port;
import dev.echoserver.http.Route;
import dev.echoserver.http.Router;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The socket layers of the server on a loopback port, without Redis: whatever application a test puts on them. */
public final class SocketServer implements AutoCloseable {
    private final Loops loops;
    private final EngineIoServer engine;
    private final Port port;

    private SocketServer(Loops loops, EngineIoServer engine, Port port) {
        this.loops = loops;
        this.engine = engine;
        this.port = port;
    }

    /** What is served at {@code path}. */
    public record Application(String path, Function<Protocol, String> newSid, SessionAcceptor acceptor) {}

    /** How it listens: {@code idle} and {@code compression} are those of {@link HttpPipeline}. */
    public record Listening(int port, Loops loops, Duration idle, HttpPipeline.Compression compression) {}

    /** Starts {@code application} on {@code loops}, which end with the server. */
    public static SocketServer start(int port, Loops loops, EngineIoSettings settings, Application application) {
        Duration idle = Duration.ofSeconds(60);
        return start(new Listening(port, loops, idle, HttpPipeline.Compression.OFF), settings, application);
    }

    /** Starts {@code application}; the loops end with the server. */
    public static SocketServer start(Listening listening, EngineIoSettings settings, Application application) {
        EngineIoServer engine = new EngineIoServer(settings, application.newSid(), application.acceptor());
        Router router = new Router(
                List.of(Route.below(application.path(), engine::handle, EngineIoServer::corsHeaders)), Map.of());
        HttpPipeline.Limits limits = new HttpPipeline.Limits(settings.maxPayloadBytes(), listening.idle());
        Port opened = Port.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.port()),
                listening.loops().group(),
                listening.loops().serverChannel(),
                new Port.Handlers(
                        new HttpPipeline(router, engine.inbound(), limits, listening.compression()),
                        settings.outbound().maxQueueBytes()));
        return new SocketServer(listening.loops(), engine, opened);
    }

    /** The port it listens on. */
    public int port() {
        return port.number();
    }

    /** How many sessions there are. */
    public int sessionCount() {
        return engine.sessionCount();
    }

    @Override
    public void close() {
        port.close();
        loops.close();
    }
}
