package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.echoserver.engineio.Outbox.Route;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.ssl.SslHandler;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Turns an HTTP connection into a WebSocket connection.
 *
 * <p>Source: RFC 6455 section 4.2.
 */
final class WebSocketHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";
    private static final Pattern KEY = Pattern.compile("[+/0-9A-Za-z]{22}=="); // 16 bytes in base64.
    private static final String FORWARDED_SERVER = "x-forwarded-server";
    private static final long APACHE_PAUSE_MS = 50;
    private static final MessageDigest SHA_1 = sha1(); // Only ever cloned, which is cheaper than to look for a new one.

    private final ChannelHandlerContext ctx;
    private final Protocol protocol;
    private final Inbound inbound;

    WebSocketHandshake(ChannelHandlerContext ctx, Protocol protocol, Inbound inbound) {
        this.ctx = ctx;
        this.protocol = protocol;
        this.inbound = inbound;
    }

    /** Whether {@code request} asks for a WebSocket. */
    static boolean isWanted(FullHttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /**
     * Answers {@code request} and hands the open WebSocket over on the connection's event loop, before anything the
     * client sends on it is read. What is sent on it meanwhile leaves together with the answer. A request that is no
     * proper WebSocket handshake is refused.
     *
     * @param onFailure run on the same loop if it does not open, or if {@code onOpen} throws; the connection is closed then
     */
    void perform(FullHttpRequest request, Exchange exchange, Consumer<WebSocketTransport> onOpen, Runnable onFailure) {
        Optional<String> key = key(request);
        if (key.isEmpty()) {
            onFailure.run();
            exchange.closeAfterwards();
            exchange.with(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
            exchange.refuse(EngineIoError.BAD_REQUEST);
            return;
        }
        ChannelFuture answered = ctx.channel().write(answer(exchange.headers(), key.get()));
        if (isOfApacheOverHttp2(request.headers())) {
            ctx.channel().flush();
            answered.addListener(written -> openLater(answered, onOpen, onFailure));
        } else if (ctx.pipeline().get(WebSocketServerExtensionHandler.class) != null) {
            ctx.channel().flush(); // It compresses from the moment in which the answer has left.
            answered.addListener(written -> open(answered, onOpen, onFailure));
        } else {
            open(answered, onOpen, onFailure);
        }
    }

    /**
     * Whether it is a WebSocket over HTTP/2 that Apache has made one over HTTP/1.1 of. Apache 2.4.71 with {@code H2WebSockets
     * on} keeps what it reads together with the answer until more comes. No other proxy writes both headers.
     */
    private static boolean isOfApacheOverHttp2(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.CONTENT_LENGTH) && headers.contains(FORWARDED_SERVER);
    }

    /**
     * Gives Apache the time to read the answer alone. With two writes at once the first packet came through in 69 of 80
     * cases, with 5 ms between them in 80.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // It ends with the loop.
    private void openLater(ChannelFuture answered, Consumer<WebSocketTransport> onOpen, Runnable onFailure) {
        Channel connection = ctx.channel();
        connection.config().setAutoRead(false);
        connection
                .eventLoop()
                .schedule(
                        () -> {
                            connection.config().setAutoRead(true);
                            open(answered, onOpen, onFailure);
                        },
                        APACHE_PAUSE_MS,
                        TimeUnit.MILLISECONDS);
    }

    /** What the client's request must be answered with; empty if it is no proper handshake. */
    private static Optional<String> key(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        boolean isProper = HttpMethod.GET.equals(request.method())
                && VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
        return Optional.ofNullable(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))
                .filter(key -> isProper && KEY.matcher(key).matches());
    }

    private static HttpResponse answer(HttpHeaders headers, String key) {
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key));
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.SWITCHING_PROTOCOLS,
                Unpooled.EMPTY_BUFFER,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = (MessageDigest) SHA_1.clone();
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(ISO_8859_1)));
        } catch (CloneNotSupportedException impossible) { // Java's own can be cloned.
            throw new IllegalStateException(impossible);
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) { // Every Java has it.
            throw new IllegalStateException(impossible);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the close.
    private void open(ChannelFuture answered, Consumer<WebSocketTransport> onOpen, Runnable onFailure) {
        boolean isOpen = false;
        try {
            if (answered.cause() == null && ctx.channel().isActive()) {
                onOpen.accept(install());
                isOpen = true;
            }
        } finally {
            ctx.channel().flush();
            if (!isOpen) {
                onFailure.run();
                ctx.channel().close();
            }
        }
    }

    private WebSocketTransport install() {
        Channel connection = ctx.channel();
        ChannelPipeline pipeline = connection.pipeline();
        Route route = route(pipeline);
        WebSocketTransport transport = new WebSocketTransport(connection, protocol, route, inbound);
        if (route == Route.COMPRESSED) {
            addEncoder(pipeline);
        }
        pipeline.addLast(transport);
        List<String> names = pipeline.names();
        Collections.reverse(names); // The codec last: bytes that came too early must meet no handler of HTTP.
        for (String name : names) {
            if (name.startsWith(EngineIoServer.HTTP_HANDLER_PREFIX)) {
                pipeline.remove(name);
            }
        }
        return transport;
    }

    /** For frames that are to be compressed one by one. The transport unfolds what the client sends by itself. */
    private static void addEncoder(ChannelPipeline pipeline) {
        pipeline.addAfter(EngineIoServer.HTTP_CODEC, "encoder", new WebSocket13FrameEncoder(false));
        pipeline.remove(WebSocketExtensionDecoder.class);
    }

    private static Route route(ChannelPipeline pipeline) {
        if (pipeline.get(WebSocketExtensionEncoder.class) != null) {
            return Route.COMPRESSED;
        }
        return pipeline.get(SslHandler.class) != null ? Route.ENCRYPTED : Route.PLAIN;
    }
}
