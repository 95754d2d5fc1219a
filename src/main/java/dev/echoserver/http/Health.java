package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpHeaderNames.ALLOW;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;

/**
 * {@code GET /} says {@code OK}: the health check that monitors of laravel-echo-server ask for.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code http-api.ts#init}; OPTIONS as Express answers it by itself.
 */
public final class Health implements Route {
    private static final String METHODS = "GET,HEAD";

    private final Map<String, String> headers;

    /** A health check whose answers carry {@code headers}, which the configuration adds. */
    public Health(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
    }

    @Override
    public boolean matches(String path) {
        return path.equals("/");
    }

    @Override
    public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
        Reply reply = Reply.to(ctx, request).headers(headers);
        if (isRead(request.method())) {
            reply.send(OK, Reply.HTML, "OK");
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            reply.header(ALLOW, METHODS).send(OK, Reply.HTML, METHODS);
        } else {
            reply.sendNotFound(request);
        }
    }

    /** Whether {@code method} asks for a document and changes nothing. */
    static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }
}
