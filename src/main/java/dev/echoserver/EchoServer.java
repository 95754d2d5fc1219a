package dev.echoserver;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import dev.echoserver.api.ApiCredentials;
import dev.echoserver.api.HttpApi;
import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.engineio.EngineIoServer;
import dev.echoserver.engineio.Places;
import dev.echoserver.http.ApiRoute;
import dev.echoserver.http.ClientScripts;
import dev.echoserver.http.DescriptorGuard;
import dev.echoserver.http.Document;
import dev.echoserver.http.Endpoint;
import dev.echoserver.http.Health;
import dev.echoserver.http.HttpPipeline;
import dev.echoserver.http.LineStream;
import dev.echoserver.http.Port;
import dev.echoserver.http.PortException;
import dev.echoserver.http.Route;
import dev.echoserver.http.Router;
import dev.echoserver.hub.Hub;
import dev.echoserver.laravel.LaravelAuthorizer;
import dev.echoserver.live.ChannelFilter;
import dev.echoserver.live.Figures;
import dev.echoserver.live.Hints;
import dev.echoserver.live.Lookout;
import dev.echoserver.live.RefusedJoins;
import dev.echoserver.live.Top;
import dev.echoserver.live.Trace;
import dev.echoserver.socketio.BroadcastEncoder;
import dev.echoserver.socketio.ChannelEvents;
import dev.echoserver.socketio.SocketIoServer;
import dev.echoserver.subscription.Channels;
import dev.echoserver.subscription.Overruns;
import dev.echoserver.tls.TlsException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: the only place where implementations are chosen and connected. */
public final class EchoServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EchoServer.class);

    private final Ports ports;
    private final Loops loops;
    private final EngineIoServer engine;
    private final AtomicReference<ApiCredentials> credentials;
    private final List<AutoCloseable> inOrder;

    private EchoServer(
            Ports ports,
            Loops loops,
            EngineIoServer engine,
            AtomicReference<ApiCredentials> credentials,
            List<AutoCloseable> inOrder) {
        this.ports = ports;
        this.loops = loops;
        this.engine = engine;
        this.credentials = credentials;
        this.inOrder = List.copyOf(inOrder);
    }

    /**
     * Starts a server and returns once its port is bound. Redis need not answer by then.
     *
     * @param listener hears whether broadcasts from Redis are arriving, from any thread, possibly before this returns
     * @throws PortException if the port cannot be listened on
     * @throws TlsException if certificate or key cannot be used
     * @throws dev.echoserver.laravel.AuthTlsException if {@code authTls.ca} cannot be used
     */
    public static EchoServer start(ServerConfig config, SourceListener listener) {
        return start(config, listener, List.of());
    }

    /** As {@link #start(ServerConfig, SourceListener)}, with more on the port. */
    static EchoServer start(ServerConfig config, SourceListener listener, List<Route> more) {
        Settings settings = new Settings(config);
        RefusedJoins authorizer = new RefusedJoins(new LaravelAuthorizer(config, System::nanoTime), System::nanoTime);
        Backplane backplane = new Backplane(config);
        Loops loops = new Loops(Runtime.getRuntime().availableProcessors());
        BroadcastEncoder encoder = new BroadcastEncoder();
        Hub hub = new Hub(encoder, backplane.peers(), loops.all(), System::nanoTime);
        Channels channels = new Channels(
                hub,
                new Channels.Ports(authorizer, backplane.presence()),
                settings.subscription(),
                new Overruns(System::nanoTime));
        Descriptors descriptors = Descriptors.ofProcess(config.limits().authConcurrency());
        descriptors.tell();
        EngineIoServer engine = engine(settings, channels, settings.places(descriptors));
        Readiness readiness = new Readiness(config.subscribers().redis());
        List<AutoCloseable> started = new ArrayList<>(List.of(loops, authorizer, backplane));
        try {
            Function<Origin, BroadcastSink> entrances = entrances(config, hub, encoder);
            AtomicReference<ApiCredentials> credentials = new AtomicReference<>(ApiCredentials.of(config));
            HttpApi api = new HttpApi(
                    credentials::get,
                    backplane.apiPorts(entrances.apply(Origin.API), hub),
                    settings.apiRules(),
                    Clock.systemUTC());
            List<Route> first = new ArrayList<>(more);
            first.add(new ApiRoute(api, settings.proxies(), settings.publishers(), settings.headers()));
            List<Route> routes = routes(config, settings, engine, first);
            DescriptorGuard guard = new DescriptorGuard(descriptors.connections(), System::nanoTime);
            Ports ports = Ports.open(config, loops, handlers(settings, engine, routes, guard));
            started.add(0, ports);
            Lookout lookout = new Lookout(observer -> {
                hub.observe(observer);
                backplane.drops().observe(observer);
            });
            Hints hints = new Hints(hub, authorizer, System::nanoTime);
            Trace trace = new Trace(lookout, backplane.foreign(), config.redis().keyPrefix(), hints, Clock.systemUTC());
            Figures.Source figures = new Vitals(
                    hub, engine, backplane.drops(), readiness, config.redis().address());
            Top top = new Top(lookout, hub, figures, Clock.systemUTC());
            AutoCloseable management = Management.open(config, endpoints(readiness, trace, top));
            backplane.open(entrances, hub, readiness.then(listener));
            AutoCloseable drain = () -> engine.drain(config.drain(), new SecureRandom());
            return new EchoServer(
                    ports,
                    loops,
                    engine,
                    credentials,
                    List.of(
                            readiness::stopping,
                            ports,
                            drain,
                            backplane::closeSource,
                            loops,
                            authorizer,
                            backplane,
                            management));
        } catch (PortException | TlsException e) {
            closeAll(started);
            throw e;
        }
    }

    private static EngineIoServer engine(Settings settings, Channels channels, Places places) {
        SocketIoServer socketIo = new SocketIoServer(
                Map.of(
                        SocketIoServer.DEFAULT_NAMESPACE,
                        ChannelEvents.acceptor(channels, settings.clients(), System::nanoTime)),
                settings.socketIo(),
                new SecureRandom());
        return new EngineIoServer(settings.engineIo(), socketIo::newSid, socketIo, places);
    }

    private static List<Route> routes(
            ServerConfig config, Settings settings, EngineIoServer engine, List<Route> first) {
        List<Route> routes = new ArrayList<>(first);
        routes.add(new Health(settings.headers()));
        if (config.socketio().serveClient()) {
            routes.add(new ClientScripts(
                    config.socketio().path(), config.socketio().clientVersion()));
        }
        routes.add(Route.below(config.socketio().path(), engine::handle, EngineIoServer::corsHeaders));
        return routes;
    }

    /** All that is on the management port. */
    private static List<Endpoint> endpoints(Readiness readiness, Trace trace, Top top) {
        LineStream traces = new LineStream((query, lines) ->
                trace.open(new ChannelFilter(query.getOrDefault("channel", List.of())), lines)::close);
        LineStream tops = new LineStream((query, lines) -> top.open(lines)::close);
        return List.of(
                Endpoint.of("/up", "OK as long as the process works", () -> Document.text(OK, "OK")),
                Endpoint.of("/ready", "200 if browsers should come here, else 503 and why", readiness::document),
                new Endpoint("/trace", "each event as it passes, ?channel=orders or ?channel=orders.*", traces::answer),
                new Endpoint("/top", "what the server does, once a second", tops::answer));
    }

    private static Port.Handlers handlers(
            Settings settings, EngineIoServer engine, List<Route> routes, DescriptorGuard guard) {
        Router router = new Router(routes, settings.headers());
        HttpPipeline pipeline =
                new HttpPipeline(router, engine.inbound(), settings.slowRequests(), settings.compression());
        return new Port.Handlers(guard, pipeline, settings.engineIo().outbound().maxQueueBytes());
    }

    private static Function<Origin, BroadcastSink> entrances(ServerConfig config, Hub hub, BroadcastEncoder encoder) {
        return config.channelEvents()
                ? origin -> broadcast -> acceptTwice(broadcast, hub.from(origin), hub, encoder)
                : hub::from;
    }

    private static void acceptTwice(Broadcast broadcast, BroadcastSink first, Hub hub, BroadcastEncoder encoder) {
        first.accept(broadcast);
        if (!broadcast.channel().isGuarded()) {
            encoder.encodeChannelEvent(broadcast.channel(), broadcast.data())
                    .ifPresent(event -> hub.sendToAll(event, broadcast.except()));
        }
    }

    /** The port it listens on. */
    public int port() {
        return ports.main();
    }

    /** The port that speaks TLS besides that one. */
    public Optional<Integer> httpsPort() {
        return ports.second();
    }

    /** The event loops. As long as they do what they are given, the server works. */
    public List<? extends Executor> loops() {
        return loops.all();
    }

    /** How many browsers are connected now. Any thread. */
    public int connections() {
        return engine.sessionCount();
    }

    /**
     * Takes over what of {@code config} can change while the server runs: certificate and key, which are read anew, and
     * who may use the HTTP API.
     *
     * @throws TlsException if they cannot be used; the old ones stay
     */
    public void reload(ServerConfig config) {
        ports.reload(config);
        credentials.set(ApiCredentials.of(config));
    }

    /**
     * Stops: the ports but that for management, then one socket after the other in the time that {@code drainSeconds} gives, while broadcasts go
     * on; then the sources, the event loops, the stores, the management port. Idempotent; blocks for that time and seconds more at most.
     */
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
