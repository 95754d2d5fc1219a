package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one answer a request gets. It keeps what it needs of the request, so it may be sent after the request is gone.
 *
 * <p>Keep-alive is honoured as the request asked for it, and a HEAD request gets the headers alone.
 */
final class Reply {
    static final String HTML = "text/html; charset=utf-8";
    private static final String ERROR_PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>Error</title>
            </head>
            <body>
            <pre>{text}</pre>
            </body>
            </html>
            """;

    private final ChannelHandlerContext ctx;
    private final HttpVersion version;
    private final boolean keepAlive;
    private final boolean headersOnly;
    private final Map<CharSequence, Object> headers = new LinkedHashMap<>();

    private Reply(ChannelHandlerContext ctx, HttpRequest request) {
        this.ctx = ctx;
        this.version = request.protocolVersion();
        this.keepAlive =
                HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
        this.headersOnly = HttpMethod.HEAD.equals(request.method());
    }

    static Reply to(ChannelHandlerContext ctx, HttpRequest request) {
        return new Reply(ctx, request);
    }

    Reply header(CharSequence name, Object value) {
        headers.put(name, value);
        return this;
    }

    Reply headers(Map<String, String> all) {
        headers.putAll(all);
        return this;
    }

    Reply headers(HttpHeaders all) {
        all.forEach(header -> headers.put(header.getKey(), header.getValue()));
        return this;
    }

    void send(HttpResponseStatus status, String contentType, String body) {
        send(status, contentType, body.getBytes(UTF_8));
    }

    /** Sends {@code body}, which is not copied and must not change afterwards. */
    void send(HttpResponseStatus status, String contentType, byte[] body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, headersOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        response.headers().set(CONTENT_TYPE, contentType).setInt(CONTENT_LENGTH, body.length);
        write(response);
    }

    /** Sends 304: the copy the client has is still right. */
    void sendNotModified() {
        write(new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_MODIFIED, Unpooled.EMPTY_BUFFER));
    }

    /**
     * Sends a small page that says what went wrong.
     *
     * <p>Source: the page and the two headers are those of Express ({@code finalhandler}, {@code createHtmlDocument}).
     */
    void sendError(HttpResponseStatus status, String text) {
        header("Content-Security-Policy", "default-src 'none'").header("X-Content-Type-Options", "nosniff");
        send(status, HTML, ERROR_PAGE.replace("{text}", escaped(text)));
    }

    /** Sends 404 as Express words it. */
    void sendNotFound(HttpRequest request) {
        sendNotFound(request.method().name(), Paths.of(request));
    }

    /** As {@link #sendNotFound(HttpRequest)}, when the request is gone. */
    void sendNotFound(String method, String path) {
        sendError(HttpResponseStatus.NOT_FOUND, "Cannot " + method + " " + path);
    }

    private void write(FullHttpResponse response) {
        headers.forEach(response.headers()::set);
        if (keepAlive) {
            HttpUtil.setKeepAlive(response.headers(), version, true);
        } else {
            response.headers().set(CONNECTION, CLOSE); // In HTTP/1.0 too, where it is the rule: others look for it.
        }
        ChannelFuture written = ctx.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
