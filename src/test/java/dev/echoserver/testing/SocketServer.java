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
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The socket layers of the server on a loopback port, without Redis: whatever application a test puts on them. */
public final class SocketServer implements AutoCloseable {
    private static final Pattern REVISION = Pattern.compile("[?&]EIO=[34](&|$)");

    private final Loops loops;
    private final EngineIoServer engine;
    private final Port port;

    private SocketServer(Loops loops, EngineIoServer engine, Port port) {
        this.loops = loops;
        this.engine = engine;
        this.port = port;
    }

    /**
     * What is served at {@code path}.
     *
     * @param needsRevision whether a request must name its revision, as servers want that were not asked to serve 3
     */
    public record Application(
            String path, Function<Protocol, String> newSid, SessionAcceptor acceptor, boolean needsRevision) {

        /** One for every client. */
        public Application(String path, Function<Protocol, String> newSid, SessionAcceptor acceptor) {
            this(path, newSid, acceptor, false);
        }

        private BiConsumer<ChannelHandlerContext, FullHttpRequest> entrance(EngineIoServer engine) {
            return needsRevision ? (ctx, request) -> admit(engine, ctx, request) : engine::handle;
        }

        private static void admit(EngineIoServer engine, ChannelHandlerContext ctx, FullHttpRequest request) {
            if (REVISION.matcher(request.uri()).find()) {
                engine.handle(ctx, request);
            } else {
                FullHttpResponse refusal =
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST);
                HttpUtil.setContentLength(refusal, 0);
                ctx.channel().writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

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
                List.of(Route.below(application.path(), application.entrance(engine), EngineIoServer::corsHeaders)),
                Map.of());
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
