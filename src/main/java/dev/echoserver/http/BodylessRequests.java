package dev.echoserver.http;

import static dev.echoserver.engineio.EngineIoServer.HTTP_HANDLER_PREFIX;

import dev.echoserver.engineio.Inbound;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;

/**
 * Makes one message of a request that has no body, as nearly all have that open a connection. With the first one that is
 * different, a handler that can read bodies takes this one's place. State belongs to the channel's event loop.
 */
final class BodylessRequests extends ChannelInboundHandlerAdapter {
    private static final String BODIES = HTTP_HANDLER_PREFIX + "bodies";

    private final Router router;
    private final BodyLimit usual;
    private final Inbound inbound;
    private Optional<HttpRequest> head = Optional.empty();

    /** Bodies are bounded as {@code router} says, most of them by {@code usual}, and all together by {@code inbound}. */
    BodylessRequests(Router router, BodyLimit usual, Inbound inbound) {
        this.router = router;
        this.usual = usual;
        this.inbound = inbound;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest next && isBodyless(next)) {
            head = Optional.of(next);
        } else if (message == LastHttpContent.EMPTY_LAST_CONTENT && head.isPresent()) {
            FullHttpRequest whole = whole(head.get());
            head = Optional.empty();
            ctx.fireChannelRead(whole);
        } else {
            makeWay(ctx);
            head.ifPresent(ctx::fireChannelRead);
            ctx.fireChannelRead(message);
        }
    }

    /** Whether {@code next} is well-formed, announces no body, and wants no answer before it sends one. */
    private static boolean isBodyless(HttpRequest next) {
        HttpHeaders headers = next.headers();
        return next.decoderResult().isSuccess()
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaderNames.EXPECT);
    }

    private static FullHttpRequest whole(HttpRequest head) {
        return new DefaultFullHttpRequest(
                head.protocolVersion(),
                head.method(),
                head.uri(),
                Unpooled.EMPTY_BUFFER,
                head.headers(),
                EmptyHttpHeaders.INSTANCE);
    }

    private void makeWay(ChannelHandlerContext ctx) {
        ctx.pipeline()
                .addAfter(ctx.name(), BODIES, new RequestBodies(router, usual, inbound))
                .remove(this);
    }
}
