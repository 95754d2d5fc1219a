package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/**
 * One HTTP request that waits for its response, possibly for long.
 *
 * <p>May be answered from any thread; answered once.
 */
final class Exchange {
    private final Channel connection;
    private final HttpMethod method;
    private final HttpHeaders headers;
    private boolean keepAlive;
    private boolean answered;
    private ChannelFutureListener onAbort = closed -> {};

    /** Keeps what answering needs; does not retain {@code request}. */
    Exchange(Channel connection, FullHttpRequest request) {
        this.connection = connection;
        this.method = request.method();
        this.keepAlive = HttpUtil.isKeepAlive(request);
        this.headers = Cors.headersFor(request.headers());
    }

    HttpMethod method() {
        return method;
    }

    /** Adds a header to the response. */
    @CanIgnoreReturnValue
    Exchange with(CharSequence name, String value) {
        headers.set(name, value);
        return this;
    }

    /** Closes the connection behind the response. */
    void closeAfterwards() {
        keepAlive = false;
    }

    /** The headers of the response. */
    HttpHeaders headers() {
        return headers;
    }

    /** Runs {@code action}, on the connection's own event loop, if the client goes away before the answer. */
    void onAbort(Runnable action) {
        onAbort = closed -> action.run();
        connection.closeFuture().addListener(onAbort);
    }

    void refuse(EngineIoError error) {
        respond(error.status(), "application/json", error.json());
    }

    /** A bug was found while answering: says so, unless the client has an answer. */
    void fail() {
        if (!answered) {
            respond(HttpResponseStatus.INTERNAL_SERVER_ERROR, "text/plain", "Internal Server Error");
        }
    }

    @CanIgnoreReturnValue
    ChannelFuture respond(HttpResponseStatus status, String contentType, String body) {
        return respond(status, contentType, Unpooled.copiedBuffer(body, UTF_8));
    }

    /** Answers; takes over {@code body}. The future completes when the client's kernel has the bytes. */
    @CanIgnoreReturnValue
    ChannelFuture respond(HttpResponseStatus status, String contentType, ByteBuf body) {
        answered = true;
        connection.closeFuture().removeListener(onAbort);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body, headers, new DefaultHttpHeaders());
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelFuture written = connection.writeAndFlush(response);
        return keepAlive ? written : written.addListener(ChannelFutureListener.CLOSE);
    }

    /** The body as text; empty if it is not UTF-8. */
    static Optional<String> text(FullHttpRequest request) {
        return Utf8.decode(bytes(request));
    }

    static byte[] bytes(FullHttpRequest request) {
        return ByteBufUtil.getBytes(request.content());
    }
}
