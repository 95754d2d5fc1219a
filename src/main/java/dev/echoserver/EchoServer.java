package dev.echoserver;

import dev.echoserver.auth.Authorizer;
import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastSink;
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
import dev.echoserver.laravel.LaravelAuthorizer;
import dev.echoserver.socketio.BroadcastEncoder;
import dev.echoserver.socketio.ChannelEvents;
import dev.echoserver.socketio.SocketIoServer;
import dev.echoserver.subscription.Channels;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: the only place where implementations are chosen and connected. */
public final class EchoServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EchoServer.class);

    private final Port port;
    private final List<AutoCloseable> inOrder;

    private EchoServer(Port port, List<AutoCloseable> inOrder) {
        this.port = port;
        this.inOrder = List.copyOf(inOrder);
    }

    /**
     * Starts a server and returns once its port is bound. Redis need not answer by then.
     *
     * @param listener hears whether broadcasts from Redis are arriving, from any thread, possibly before this returns
     * @throws PortException if the port cannot be listened on
     * @throws dev.echoserver.laravel.AuthTlsException if {@code authTls.ca} cannot be used
     */
    public static EchoServer start(ServerConfig config, SourceListener listener) {
        return start(config, listener, List.of());
    }

    /** As {@link #start(ServerConfig, SourceListener)}, with more on the port. */
    static EchoServer start(ServerConfig config, SourceListener listener, List<Route> more) {
        Settings settings = new Settings(config);
        Authorizer authorizer = new LaravelAuthorizer(config, System::nanoTime);
        Backplane backplane = new Backplane(config);
        Loops loops = new Loops(Runtime.getRuntime().availableProcessors());
        BroadcastEncoder encoder = new BroadcastEncoder();
        Hub hub = new Hub(encoder, backplane.peers(), loops.all());
        Channels channels =
                new Channels(hub, new Channels.Ports(authorizer, backplane.presence()), settings.subscription());
        EngineIoServer engine = engine(settings, channels);
        try {
            Port port = openPort(loops, settings, routes(config, settings, engine, more));
            backplane.open(sink(config, hub, encoder), hub, listener);
            return new EchoServer(
                    port, List.of(backplane::closeSource, port, engine::closeSessions, loops, authorizer, backplane));
        } catch (PortException e) {
            closeAll(List.of(loops, authorizer, backplane));
            throw e;
        }
    }

    private static EngineIoServer engine(Settings settings, Channels channels) {
        SocketIoServer socketIo = new SocketIoServer(
                Map.of(
                        SocketIoServer.DEFAULT_NAMESPACE,
                        ChannelEvents.acceptor(channels, settings.clients(), System::nanoTime)),
                settings.socketIo(),
                new SecureRandom());
        return new EngineIoServer(settings.engineIo(), socketIo::newSid, socketIo);
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

    private static BroadcastSink sink(ServerConfig config, Hub hub, BroadcastEncoder encoder) {
        return config.channelEvents() ? broadcast -> acceptTwice(broadcast, hub, encoder) : hub;
    }

    private static void acceptTwice(Broadcast broadcast, Hub hub, BroadcastEncoder encoder) {
        hub.accept(broadcast);
        if (!broadcast.channel().isGuarded()) {
            encoder.encodeChannelEvent(broadcast.channel(), broadcast.data())
                    .ifPresent(event -> hub.sendToAll(event, broadcast.except()));
        }
    }

    /** The port it listens on. */
    public int port() {
        return port.number();
    }

    /** Stops: sources, the port, the sockets, the event loops, the stores. Idempotent; blocks for seconds at most. */
    @Override
    public void close() {
        closeAll(inOrder);
    }

    private static void closeAll(List<AutoCloseable> parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) { // What one part cannot finish must not keep the others from it.
                log.warn("Stopping: part={}", part.getClass().getSimpleName(), e);
            }
        }
    }
}
