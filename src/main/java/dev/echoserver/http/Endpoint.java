package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpHeaderNames.ALLOW;
import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderValues.NO_STORE;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * One path of the management port, which can only be read.
 *
 * @param path exactly the path, such as {@code /ready}
 * @param purpose what is there, for people, in a few words
 * @param answer answers a GET or a HEAD, by the rules of {@link Route#handle}
 */
public record Endpoint(String path, String purpose, BiConsumer<ChannelHandlerContext, FullHttpRequest> answer)
        implements Route {

    /** One that answers with what {@code document} is at that moment. */
    public static Endpoint of(String path, String purpose, Supplier<Document> document) {
        return new Endpoint(path, purpose, (ctx, request) -> send(ctx, request, document.get()));
    }

    static void send(ChannelHandlerContext ctx, FullHttpRequest request, Document document) {
        Reply.to(ctx, request)
                .header(CACHE_CONTROL, NO_STORE)
                .send(document.status(), document.contentType(), document.body());
    }

    @Override
    public boolean matches(String requested) {
        return requested.equals(path);
    }

    @Override
    public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (Health.isRead(request.method())) {
            answer.accept(ctx, request);
        } else {
            Reply.to(ctx, request)
                    .header(ALLOW, "GET, HEAD")
                    .send(METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", "Only GET and HEAD\n");
        }
    }
}
