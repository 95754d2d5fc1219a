package dev.echoserver.testing;

import dev.echoserver.Loops;
import dev.echoserver.engineio.ConnectionCounts;
import dev.echoserver.engineio.EngineIoServer;
import dev.echoserver.engineio.EngineIoSettings;
import dev.echoserver.engineio.Places;
import dev.echoserver.engineio.Protocol;
import dev.echoserver.engineio.SessionAcceptor;
import dev.echoserver.engineio.TrustedProxies;
import dev.echoserver.http.DescriptorGuard;
import dev.echoserver.http.HttpPipeline;
import dev.echoserver.http.Port;
import dev.echoserver.http.Route;
import dev.echoserver.http.Router;
import dev.echoserver.http.SlowRequests;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    /** How it listens, and how many may come: {@code times} and {@code compression} are those of {@link HttpPipeline}. */
    public record Listening(
            int port, Loops loops, SlowRequests.Times times, HttpPipeline.Compression compression, Places places) {}

    /** Starts {@code application} on {@code loops}, which end with the server. */
    public static SocketServer start(int port, Loops loops, EngineIoSettings settings, Application application) {
        SlowRequests.Times times = SlowRequests.Times.usual(Duration.ofSeconds(60));
        return start(
                new Listening(port, loops, times, HttpPipeline.Compression.OFF, unlimited()), settings, application);
    }

    /** Places for as many as come. */
    public static Places unlimited() {
        return new Places(Places.Capacity.UNLIMITED, TrustedProxies.NONE, System::nanoTime);
    }

    /** Starts {@code application}; the loops end with the server. */
    public static SocketServer start(Listening listening, EngineIoSettings settings, Application application) {
        EngineIoServer engine =
                new EngineIoServer(settings, application.newSid(), application.acceptor(), listening.places());
        Port opened = Port.open(
                new Port.Place(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.port()),
                        "host",
                        "port",
                        "null"),
                listening.loops().group(),
                listening.loops().serverChannel(),
                new Port.Handlers(
                        new DescriptorGuard(Integer.MAX_VALUE, System::nanoTime),
                        pipeline(listening, application, engine),
                        settings.outbound().maxQueueBytes()));
        return new SocketServer(listening.loops(), engine, opened);
    }

    private static HttpPipeline pipeline(Listening listening, Application application, EngineIoServer engine) {
        Router router = new Router(
                List.of(Route.below(application.path(), engine::handle, EngineIoServer::corsHeaders)), Map.of());
        SlowRequests slow = new SlowRequests(listening.times(), TrustedProxies.NONE, System::nanoTime);
        return new HttpPipeline(router, engine.inbound(), slow, listening.compression());
    }

    /** The port it listens on. */
    public int port() {
        return port.number();
    }

    /** How many sessions there are. */
    public int sessionCount() {
        return engine.sessionCount();
    }

    /** How many there are, by kind. */
    public ConnectionCounts connections() {
        return engine.connections();
    }

    @Override
    public void close() {
        port.close();
        engine.drain(Duration.ZERO, new Random());
        loops.close();
    }
}
