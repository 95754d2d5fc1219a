package dev.echoserver;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastDecoder;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.broadcast.BroadcastSource;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.engineio.EngineIoServer;
import dev.echoserver.http.ClientScripts;
import dev.echoserver.http.Health;
import dev.echoserver.http.HttpPipeline;
import dev.echoserver.http.Port;
import dev.echoserver.http.PortException;
import dev.echoserver.http.Route;
import dev.echoserver.http.Router;
import dev.echoserver.hub.Hub;
import dev.echoserver.redis.NodeBus;
import dev.echoserver.redis.RedisBroadcastSource;
import dev.echoserver.redis.RedisBroadcastSource.Receivers;
import dev.echoserver.socketio.BroadcastEncoder;
import dev.echoserver.socketio.ChannelEvents;
import dev.echoserver.socketio.SocketIoServer;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running server: the only place where implementations are chosen and connected. */
public final class EchoServer implements AutoCloseable {
    private final Loops loops;
    private final EngineIoServer engine;
    private final Port port;
    private final Optional<BroadcastSource> source;

    private EchoServer(Loops loops, EngineIoServer engine, Port port, Optional<BroadcastSource> source) {
        this.loops = loops;
        this.engine = engine;
        this.port = port;
        this.source = source;
    }

    /**
     * Starts a server and returns once its port is bound. Redis need not answer by then.
     *
     * @param listener hears whether broadcasts from Redis are arriving, from any thread, possibly before this returns
     * @throws PortException if the port cannot be listened on
     */
    public static EchoServer start(ServerConfig config, SourceListener listener) {
        return start(config, listener, List.of());
    }

    /** As {@link #start(ServerConfig, SourceListener)}, with more on the port. */
    static EchoServer start(ServerConfig config, SourceListener listener, List<Route> more) {
        Loops loops = new Loops(Runtime.getRuntime().availableProcessors());
        try {
            Settings settings = new Settings(config);
            BroadcastEncoder encoder = new BroadcastEncoder();
            Hub hub = new Hub(encoder, loops.all());
            SocketIoServer socketIo = new SocketIoServer(
                    Map.of(
                            SocketIoServer.DEFAULT_NAMESPACE,
                            ChannelEvents.acceptor(hub, settings.subscription(), System::nanoTime)),
                    settings.socketIo(),
                    new SecureRandom());
            EngineIoServer engine = new EngineIoServer(settings.engineIo(), socketIo::newSid, socketIo);
            Port port = openPort(loops, settings, routes(config, settings, engine, more));
            Optional<BroadcastSource> source = source(config);
            source.ifPresent(redis -> redis.open(sink(config, hub, encoder), listener));
            return new EchoServer(loops, engine, port, source);
        } catch (PortException e) {
            loops.close();
            throw e;
        }
    }

    private static List<Route> routes(ServerConfig config, Settings settings, EngineIoServer engine, List<Route> more) {
        List<Route> routes = new ArrayList<>(more);
        routes.add(new Health(settings.headers()));
        if (config.socketio().serveClient()) {
            routes.add(new ClientScripts(
                    config.socketio().path(), config.socketio().clientVersion()));
        }
        routes.add(Route.below(config.socketio().path(), engine::handle));
        return routes;
    }

    private static Port openPort(Loops loops, Settings settings, List<Route> routes) {
        Router router = new Router(routes, settings.headers());
        HttpPipeline pipeline = new HttpPipeline(router, settings.http(), settings.compression());
        InetSocketAddress address = settings.address();
        return Port.open(
                address,
                loops.group(),
                loops.serverChannel(),
                new Port.Handlers(pipeline, settings.engineIo().outbound().maxQueueBytes()));
    }

    private static Optional<BroadcastSource> source(ServerConfig config) {
        if (!config.subscribers().redis()) {
            return Optional.empty();
        }
        Drops drops = new Drops(System::nanoTime);
        BroadcastDecoder decoder = new BroadcastDecoder(config.limits().maxBroadcastBytes(), drops);
        Receivers receivers = new Receivers(decoder, new NodeBus(drops));
        return Optional.of(new RedisBroadcastSource(config.redis(), receivers, System::nanoTime));
    }

    private static BroadcastSink sink(ServerConfig config, Hub hub, BroadcastEncoder encoder) {
        return config.channelEvents() ? broadcast -> acceptTwice(broadcast, hub, encoder) : hub;
    }

    private static void acceptTwice(Broadcast broadcast, Hub hub, BroadcastEncoder encoder) {
        hub.accept(broadcast);
        if (!broadcast.channel().isGuarded()) {
            encoder.encodeChannelEvent(broadcast).ifPresent(event -> hub.sendToAll(event, broadcast.except()));
        }
    }

    /** The port it listens on. */
    public int port() {
        return port.number();
    }

    /** Stops: sources, then the port, then the sockets, then the event loops. Idempotent; blocks for seconds at most. */
    @Override
    public void close() {
        source.ifPresent(BroadcastSource::close);
        port.close();
        engine.closeSessions();
        loops.close();
    }
}
