package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.HOST;
import static io.netty.handler.codec.http.HttpHeaderNames.ORIGIN;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * {@code GET <path>/cookies} says whether the cookies of the page that asks would be shown to Laravel: {@code {"used":
 * boolean}}. So that whoever looks from outside learns whether a proxy passes on the name that browsers use. Stands before
 * the Engine.IO route, which owns everything else below the same path.
 */
public final class CookieQuestion implements Route {
    private final String path;
    private final VisibleHost host;
    private final BiPredicate<Optional<String>, Optional<String>> isUsed;

    /**
     * Answers at {@code <path>/cookies}.
     *
     * @param path where Socket.IO is, such as {@code /socket.io}
     * @param isUsed whether cookies are used that come with an {@code Origin} to a {@code Host}
     */
    public CookieQuestion(String path, VisibleHost host, BiPredicate<Optional<String>, Optional<String>> isUsed) {
        this.path = Paths.withoutEndSlash(path) + "/cookies";
        this.host = host;
        this.isUsed = isUsed;
    }

    @Override
    public boolean matches(String requested) {
        return requested.equals(path);
    }

    @Override
    public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (Health.isRead(request.method())) {
            host.before(this::answer).accept(ctx, request);
        } else {
            Reply.to(ctx, request).sendNotFound(request);
        }
    }

    private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        boolean used = isUsed.test(Optional.ofNullable(headers.get(ORIGIN)), Optional.ofNullable(headers.get(HOST)));
        Reply.to(ctx, request)
                .header(CACHE_CONTROL, "no-store")
                .send(OK, "application/json", "{\"used\":" + used + "}");
    }
}
