package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.INTERNAL_SERVER_ERROR;

import dev.echoserver.log.Excerpt;
import dev.echoserver.log.Folding;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each request to the first route that matches its path. Stands behind what makes whole requests.
 *
 * <p>No match is answered with 404, a request that is not HTTP with 400. What a route throws ends here: one line in the
 * log, 500 to the client, and the connection goes on.
 */
@Sharable
public final class Router extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger log = LoggerFactory.getLogger(Router.class);

    private final List<Route> routes;
    private final Map<String, String> headers;
    private final Folding bugs = new Folding();

    /**
     * Routes to {@code routes}, in their order.
     *
     * @param headers what the configuration adds to the answers that the router gives itself
     */
    public Router(List<Route> routes, Map<String, String> headers) {
        this.routes = List.copyOf(routes);
        this.headers = Map.copyOf(headers);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            reply(ctx, request).sendError(BAD_REQUEST, "Bad Request");
            return;
        }
        nameScheme(ctx, request);
        Optional<Route> route = route(request);
        if (route.isEmpty()) {
            reply(ctx, request).sendNotFound(request);
            return;
        }
        handle(route.get(), ctx, request);
    }

    /** How large the body of {@code head}'s request may be, which {@code peer} sends. */
    BodyLimit bodyLimit(SocketAddress peer, HttpRequest head, BodyLimit usual) {
        return route(head).map(route -> route.bodyLimit(peer, head, usual)).orElse(usual);
    }

    /** What an answer to {@code head} carries that its route does not give itself. */
    HttpHeaders errorHeaders(HttpRequest head) {
        HttpHeaders all = new DefaultHttpHeaders();
        headers.forEach(all::set);
        route(head).map(route -> route.errorHeaders(head.headers())).ifPresent(all::setAll);
        return all;
    }

    /** Says, as a proxy in front would, that the browser came over TLS: Laravel makes its links by that. */
    private static void nameScheme(ChannelHandlerContext ctx, FullHttpRequest request) {
        boolean isNamed = request.headers().contains("X-Forwarded-Proto");
        if (!isNamed && ctx.pipeline().get(SslHandler.class) != null) {
            request.headers().set("X-Forwarded-Proto", "https");
        }
    }

    /** A fault of one connection ends that connection only. Silence, a reset and bytes that are no HTTP are the peer's. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the close.
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException
                || cause instanceof PrematureChannelClosureException
                || cause instanceof DecoderException) {
            log.debug("Connection lost: peer={} reason={}", ctx.channel().remoteAddress(), cause.toString());
        } else {
            bugs.next(ctx.executor().ticker().nanoTime())
                    .ifPresent(folded -> log.error(
                            "Connection failed: peer={} folded={}",
                            ctx.channel().remoteAddress(),
                            folded,
                            cause));
        }
        ctx.close();
    }

    private void handle(Route route, ChannelHandlerContext ctx, FullHttpRequest request) {
        try {
            route.handle(ctx, request);
        } catch (RuntimeException bug) {
            bugs.next(ctx.executor().ticker().nanoTime())
                    .ifPresent(folded -> log.error(
                            "Request failed: method={} path={} folded={}",
                            Excerpt.of(request.method().name()),
                            Excerpt.of(Paths.of(request)),
                            folded,
                            bug));
            reply(ctx, request).sendError(INTERNAL_SERVER_ERROR, "Internal Server Error");
        }
    }

    private Optional<Route> route(HttpRequest request) {
        String path = Paths.of(request);
        for (Route each : routes) {
            if (each.matches(path)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private Reply reply(ChannelHandlerContext ctx, HttpRequest request) {
        return Reply.to(ctx, request).headers(errorHeaders(request));
    }
}
