package dev.echoserver;

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
import dev.echoserver.http.BodyLimit;
import dev.echoserver.http.ClientScripts;
import dev.echoserver.http.CookieQuestion;
import dev.echoserver.http.DescriptorGuard;
import dev.echoserver.http.Health;
import dev.echoserver.http.HttpPipeline;
import dev.echoserver.http.Port;
import dev.echoserver.http.PortException;
import dev.echoserver.http.Route;
import dev.echoserver.http.Router;
import dev.echoserver.http.SlowRequests;
import dev.echoserver.http.VisibleHost;
import dev.echoserver.hub.Hub;
import dev.echoserver.laravel.LaravelAuthorizer;
import dev.echoserver.live.RefusedJoins;
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
    private final Optional<Management> management;
    private final Loops loops;
    private final EngineIoServer engine;
    private final AtomicReference<ApiCredentials> credentials;
    private final List<AutoCloseable> inOrder;

    private EchoServer(
            Ports ports,
            Optional<Management> management,
            Loops loops,
            EngineIoServer engine,
            AtomicReference<ApiCredentials> credentials,
            List<AutoCloseable> inOrder) {
        this.ports = ports;
        this.management = management;
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
        LaravelAuthorizer laravel = new LaravelAuthorizer(config, System::nanoTime);
        RefusedJoins authorizer = new RefusedJoins(laravel, System::nanoTime);
        Backplane backplane = new Backplane(config);
        Loops loops = new Loops(Runtime.getRuntime().availableProcessors());
        BroadcastEncoder encoder = new BroadcastEncoder();
        Hub hub = new Hub(encoder, backplane.peers(), loops.all(), System::nanoTime);
        Overruns overruns = new Overruns(System::nanoTime);
        Channels channels = new Channels(
                hub, new Channels.Ports(authorizer, backplane.presence()), settings.subscription(), overruns);
        Descriptors descriptors = Descriptors.ofProcess(config.limits().authConcurrency());
        descriptors.tell();
        Places places = settings.places(descriptors);
        EngineIoServer engine = engine(settings, channels, places);
        Readiness readiness = new Readiness(config.subscribers().redis());
        List<AutoCloseable> started = new ArrayList<>(List.of(loops, authorizer, backplane));
        try {
            Function<Origin, BroadcastSink> entrances = entrances(config, hub, encoder);
            AtomicReference<ApiCredentials> credentials = new AtomicReference<>(ApiCredentials.of(config));
            HttpApi.Rules rules = settings.apiRules();
            HttpApi api = new HttpApi(
                    credentials::get, backplane.apiPorts(entrances.apply(Origin.API), hub), rules, Clock.systemUTC());
            List<Route> first = new ArrayList<>(more);
            first.add(new ApiRoute(api, settings.proxies(), settings.publishers(), settings.headers()));
            List<Route> routes = routes(config, settings, engine, first);
            DescriptorGuard guard = new DescriptorGuard(descriptors.connections(), System::nanoTime);
            SlowRequests slow = settings.slowRequests();
            Port.Handlers handlers = new Port.Handlers(
                    guard,
                    pipeline(settings, engine, routes, slow),
                    settings.engineIo().outbound().maxQueueBytes());
            Ports ports = Ports.open(config, loops, handlers);
            started.add(0, ports);
            Views views = new Views(
                    config,
                    new Views.Parts(hub, engine, laravel, authorizer, backplane, ports, readiness, new LoopLags(loops)),
                    new Views.Limits(places, slow, guard, rules.limits(), overruns));
            Optional<Management> management = Management.open(config, views.endpoints());
            backplane.open(entrances, hub, readiness.then(listener));
            AutoCloseable drain = () -> engine.drain(config.drain(), new SecureRandom());
            return new EchoServer(
                    ports,
                    management,
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
                            () -> management.ifPresent(Management::close),
                            views));
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
        VisibleHost host = new VisibleHost(settings.proxies());
        routes.add(new CookieQuestion(config.socketio().path(), host, settings.cookies()::allow));
        routes.add(Route.below(
                config.socketio().path(),
                host.before(engine::handle),
                EngineIoServer::corsHeaders,
                BodyLimit::ofSeveralMessages));
        return routes;
    }

    private static HttpPipeline pipeline(
            Settings settings, EngineIoServer engine, List<Route> routes, SlowRequests slow) {
        Router router = new Router(routes, settings.headers());
        return new HttpPipeline(router, engine.inbound(), slow, settings.compression());
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

    /** The port for those who run the server. */
    public Optional<Integer> managementPort() {
        return management.map(Management::number);
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
     * Stops: the ports but that for management, then one socket after the other in the time that {@code drainSeconds}
     * gives, while broadcasts go on; then the sources, the event loops, the stores, the management port. Idempotent; blocks
     * for that time and seconds more at most.
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
