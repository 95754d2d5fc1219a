package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.json.Json;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Answers a request whose body is too large with 413 and {@code {"error": string, "code": 413}}, before the body takes
 * memory. Stands before the aggregator. State belongs to the channel's event loop.
 *
 * <p>What such a client still sends is thrown away until it ends or takes too long: closing at once would take the answer
 * away from it. Then the connection is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the end of a connection.
final class BodyLimits extends ChannelInboundHandlerAdapter {
    private static final long MAX_THROWN_AWAY_BYTES = 64L << 20;

    private final Router router;
    private final BodyLimit usual;
    private HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    private BodyLimit limit;
    private long left;
    private boolean isRefused;

    /** Asks {@code router} for the limit of each request; {@code usual} is that of most. */
    BodyLimits(Router router, BodyLimit usual) {
        this.router = router;
        this.usual = usual;
        this.limit = usual;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest next) {
            begin(ctx, next);
        }
        if (message instanceof HttpContent part) {
            left -= part.content().readableBytes();
        }
        if (left < 0 && !isRefused) {
            refuse(ctx);
        }
        if (isRefused) {
            throwAway(ctx, message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest next) {
        head = next;
        limit = router.bodyLimit(head, usual);
        left = limit.bytes();
        if (head.decoderResult().isSuccess() && HttpUtil.getContentLength(head, 0L) > limit.bytes()) {
            refuse(ctx);
            if (HttpUtil.is100ContinueExpected(head)) {
                ctx.close(); // It has not begun to send.
            }
        }
    }

    private void refuse(ChannelHandlerContext ctx) {
        isRefused = true;
        String text = "The body has more than " + limit.bytes() + " bytes. " + limit.reason();
        byte[] body = ("{\"error\":" + Json.string(text) + ",\"code\":413}").getBytes(UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, REQUEST_ENTITY_TOO_LARGE, Unpooled.wrappedBuffer(body));
        response.headers()
                .set(router.errorHeaders(head))
                .set(CONTENT_TYPE, "application/json; charset=utf-8")
                .setInt(CONTENT_LENGTH, body.length)
                .set(CONNECTION, CLOSE);
        ctx.writeAndFlush(response);
    }

    private void throwAway(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent || left < -MAX_THROWN_AWAY_BYTES) {
            ctx.close();
        }
    }
}
