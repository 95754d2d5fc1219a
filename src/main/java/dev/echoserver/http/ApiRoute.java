package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpHeaderNames.ALLOW;
import static io.netty.handler.codec.http.HttpHeaderNames.AUTHORIZATION;
import static io.netty.handler.codec.http.HttpHeaderNames.RETRY_AFTER;

import dev.echoserver.api.ApiAnswer;
import dev.echoserver.api.ApiRequest;
import dev.echoserver.api.HttpApi;
import dev.echoserver.engineio.TrustedProxies;
import dev.echoserver.log.Excerpt;
import dev.echoserver.log.Folding;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything below {@code /apps}: hands requests to the {@link HttpApi} and its answers to the connection. */
public final class ApiRoute implements Route {
    private static final Logger log = LoggerFactory.getLogger(ApiRoute.class);
    private static final String JSON = "application/json; charset=utf-8";
    private static final String STRANGER = "More is taken with a valid key only.";
    private static final byte[] NO_BODY = {};

    private final HttpApi api;
    private final TrustedProxies proxies;
    private final BodyLimit ofPublishers;
    private final Map<String, String> headers;
    private final Folding bugs = new Folding();

    /**
     * A route to {@code api}.
     *
     * @param proxies whose word counts for who guesses keys
     * @param ofPublishers what those may send whose key is known
     * @param headers what the configuration adds to all answers
     */
    public ApiRoute(HttpApi api, TrustedProxies proxies, BodyLimit ofPublishers, Map<String, String> headers) {
        this.api = api;
        this.proxies = proxies;
        this.ofPublishers = ofPublishers;
        this.headers = Map.copyOf(headers);
    }

    @Override
    public boolean matches(String path) {
        return path.startsWith("/apps/");
    }

    /** {@inheritDoc} Nobody else gets memory for a body that may turn out to be a stranger's. */
    @Override
    public BodyLimit bodyLimit(SocketAddress peer, HttpRequest head, BodyLimit usual) {
        boolean mayBeLarge =
                HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > usual.bytes();
        return mayBeLarge && api.mayPublish(request(peer, head, NO_BODY))
                ? ofPublishers
                : new BodyLimit(usual.bytes(), STRANGER);
    }

    @Override
    public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
        Reply reply = Reply.to(ctx, request).headers(headers);
        String method = request.method().name();
        String path = Paths.of(request);
        api.answer(request(ctx.channel().remoteAddress(), request, ByteBufUtil.getBytes(request.content())))
                .whenComplete((answer, bug) -> ctx.executor().execute(() -> {
                    if (bug == null) {
                        send(answer, reply, method, path);
                    } else {
                        fail(ctx, bug, reply, path);
                    }
                }));
    }

    private ApiRequest request(SocketAddress peer, HttpRequest head, byte[] body) {
        Optional<String> address = proxies.householdOf(peer, head.headers()).map(InetAddress::getHostAddress);
        Optional<String> authorization = Optional.ofNullable(head.headers().get(AUTHORIZATION));
        return ApiRequest.of(head.method().name(), head.uri(), authorization, body)
                .from(address);
    }

    private static void send(ApiAnswer answer, Reply reply, String method, String path) {
        if (answer instanceof ApiAnswer.Result result) {
            reply.send(HttpResponseStatus.valueOf(result.status()), JSON, result.json());
        } else if (answer instanceof ApiAnswer.TooMany later) {
            reply.header(RETRY_AFTER, later.seconds()).send(HttpResponseStatus.TOO_MANY_REQUESTS, JSON, later.json());
        } else if (answer instanceof ApiAnswer.Methods methods) {
            reply.header(ALLOW, methods.allowed()).send(HttpResponseStatus.OK, Reply.HTML, methods.allowed());
        } else {
            reply.sendNotFound(method, path);
        }
    }

    private void fail(ChannelHandlerContext ctx, Throwable bug, Reply reply, String path) {
        bugs.next(ctx.executor().ticker().nanoTime())
                .ifPresent(folded -> log.error("Request failed: path={} folded={}", Excerpt.of(path), folded, bug));
        reply.send(HttpResponseStatus.INTERNAL_SERVER_ERROR, JSON, "{\"error\":\"Internal Server Error\"}");
    }
}
