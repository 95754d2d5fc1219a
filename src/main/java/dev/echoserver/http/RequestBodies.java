package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.RETRY_AFTER;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static io.netty.handler.codec.http.HttpResponseStatus.CONTINUE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.engineio.Inbound;
import dev.echoserver.engineio.Refusals;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Makes one message of a request with a body. A body that is too large is answered with 413, one for which all clients
 * together leave no room with 503, before it takes memory, and with {@code {"error": string, "code": int}}. State belongs
 * to the channel's event loop.
 *
 * <p>What such a client still sends is thrown away until it ends or takes too long: closing at once would take the answer
 * away from it. Then the connection is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the end of a connection.
final class RequestBodies extends ChannelInboundHandlerAdapter {
    private static final long MAX_THROWN_AWAY_BYTES = 64L << 20;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Router router;
    private final BodyLimit usual;
    private final Refusals refusals;
    private final GrowingBody body;
    private HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    private BodyLimit limit;
    private long left;
    private boolean isRefused;

    /** Asks {@code router} for the limit of each request; {@code usual} is that of most. */
    RequestBodies(Router router, BodyLimit usual, Inbound inbound) {
        this.router = router;
        this.usual = usual;
        this.limit = usual;
        this.refusals = inbound.refusals();
        this.body = new GrowingBody(inbound.claim());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject)) {
            ctx.fireChannelRead(message); // Of a WebSocket, a moment after the handshake.
            return;
        }
        try {
            if (message instanceof HttpRequest next) {
                begin(ctx, next);
            }
            if (message instanceof HttpContent part) {
                read(ctx, part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest next) {
        head = next;
        if (isRefused) {
            return;
        }
        if (head.decoderResult().isFailure()) {
            isRefused = true; // By the router. What follows cannot be told apart.
            ctx.fireChannelRead(whole(LastHttpContent.EMPTY_LAST_CONTENT, Unpooled.EMPTY_BUFFER));
            return;
        }
        limit = router.bodyLimit(ctx.channel().remoteAddress(), head, usual);
        left = limit.bytes();
        long announced = HttpUtil.getContentLength(head, 0L);
        boolean isAsking = HttpUtil.is100ContinueExpected(head);
        if (announced > limit.bytes()) {
            refuseTooLarge(ctx, announced);
            if (isAsking) {
                ctx.close(); // It has not begun to send.
            }
        } else if (isAsking) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private void read(ChannelHandlerContext ctx, HttpContent part) {
        left -= part.content().readableBytes();
        if (left < 0 && !isRefused) {
            refuseTooLarge(ctx, limit.bytes() - left);
        }
        boolean isLast = part instanceof LastHttpContent;
        if (!isRefused && isLast && body.isEmpty()) {
            ctx.fireChannelRead(whole(part, part.content().retain()));
        } else if (!isRefused && !body.add(part.content())) {
            refuseForNow(ctx);
        } else if (!isRefused && isLast) {
            ctx.fireChannelRead(whole(part, body.take()));
            body.release(); // It was held until the request was dealt with.
        }
        if (isRefused && (isLast || left < -MAX_THROWN_AWAY_BYTES)) {
            ctx.close();
        }
    }

    private FullHttpRequest whole(HttpContent last, ByteBuf content) {
        FullHttpRequest whole = new DefaultFullHttpRequest(
                head.protocolVersion(), head.method(), head.uri(), content, head.headers(), EmptyHttpHeaders.INSTANCE);
        boolean isBroken = head.decoderResult().isFailure();
        whole.setDecoderResult(isBroken ? head.decoderResult() : last.decoderResult());
        return whole;
    }

    private void refuseTooLarge(ChannelHandlerContext ctx, long bytes) {
        tell(ctx, Refusals.Cause.BODY_TOO_LARGE, bytes);
        refuse(
                ctx,
                response(
                        REQUEST_ENTITY_TOO_LARGE,
                        "The body has more than " + limit.bytes() + " bytes. " + limit.reason()));
    }

    private void refuseForNow(ChannelHandlerContext ctx) {
        tell(ctx, Refusals.Cause.MEMORY, limit.bytes() - left);
        FullHttpResponse response =
                response(SERVICE_UNAVAILABLE, "Too many large bodies at once. Send it again later.");
        response.headers().setInt(RETRY_AFTER, RETRY_AFTER_SECONDS);
        refuse(ctx, response);
    }

    private void tell(ChannelHandlerContext ctx, Refusals.Cause cause, long bytes) {
        String what = head.method() + " " + Paths.of(head) + ", " + bytes + " bytes";
        refusals.add(cause, String.valueOf(ctx.channel().remoteAddress()), what);
    }

    private FullHttpResponse response(HttpResponseStatus status, String text) {
        String json = "{\"error\":" + Json.string(text) + ",\"code\":" + status.code() + "}";
        byte[] answer = json.getBytes(UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(answer));
        response.headers()
                .set(router.errorHeaders(head))
                .set(CONTENT_TYPE, "application/json; charset=utf-8")
                .setInt(CONTENT_LENGTH, answer.length)
                .set(CONNECTION, CLOSE);
        return response;
    }

    private void refuse(ChannelHandlerContext ctx, FullHttpResponse response) {
        isRefused = true;
        body.release();
        ctx.writeAndFlush(response);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        body.release();
    }
}
