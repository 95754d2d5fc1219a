package dev.echoserver.engineio;

import dev.echoserver.engineio.WebSocketTransport.Route;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns an HTTP connection into a WebSocket connection.
 *
 * <p>Source: RFC 6455 section 4.2, by Netty's own handshaker.
 */
final class WebSocketHandshake {
    private final ChannelHandlerContext ctx;
    private final Protocol protocol;
    private final int maxPayloadBytes;

    WebSocketHandshake(ChannelHandlerContext ctx, Protocol protocol, int maxPayloadBytes) {
        this.ctx = ctx;
        this.protocol = protocol;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** Whether {@code request} asks for a WebSocket. */
    static boolean isWanted(FullHttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /**
     * Answers {@code request} and hands the open WebSocket over on the connection's event loop, before anything the
     * client sends on it is read. A request that is no proper WebSocket handshake is refused.
     */
    void perform(
            FullHttpRequest request, Exchange exchange, Optional<String> cookie, Consumer<WebSocketTransport> onOpen) {
        cookie.ifPresent(c -> exchange.with(HttpHeaderNames.SET_COOKIE, c));
        if (!"13".equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            refuse(exchange);
            return;
        }
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxPayloadBytes)
                .allowExtensions(ctx.pipeline().get(WebSocketServerExtensionHandler.class) != null)
                .closeOnProtocolViolation(false) // The transport does, once.
                .withUTF8Validator(false) // Text is decoded strictly by the transport.
                .build();
        try {
            ChannelFuture answered = new WebSocketServerHandshaker13("", null, config)
                    .handshake(ctx.channel(), request, exchange.headers(), ctx.newPromise());
            answered.addListener(written -> {
                if (written.isSuccess()) {
                    onOpen.accept(install());
                }
            });
        } catch (WebSocketHandshakeException malformed) {
            refuse(exchange);
        }
    }

    private static void refuse(Exchange exchange) {
        exchange.closeAfterwards();
        exchange.refuse(EngineIoError.BAD_REQUEST);
    }

    private WebSocketTransport install() {
        Channel connection = ctx.channel();
        ChannelPipeline pipeline = connection.pipeline();
        Route route = route(pipeline);
        WebSocketTransport transport = new WebSocketTransport(connection, protocol, route, maxPayloadBytes);
        if (route == Route.COMPRESSED) {
            pipeline.addLast(new WebSocketFrameAggregator(maxPayloadBytes));
        }
        pipeline.addLast(transport);
        if (route != Route.COMPRESSED) { // The transport reads and writes frames itself.
            pipeline.remove(WebSocketFrameDecoder.class);
            pipeline.remove(WebSocketFrameEncoder.class);
        }
        List<String> httpOnly = pipeline.names().stream()
                .filter(name -> name.startsWith(EngineIoServer.HTTP_HANDLER_PREFIX))
                .toList();
        httpOnly.forEach(pipeline::remove);
        return transport;
    }

    private static Route route(ChannelPipeline pipeline) {
        if (pipeline.get(WebSocketExtensionEncoder.class) != null) {
            return Route.COMPRESSED;
        }
        return pipeline.get(SslHandler.class) != null ? Route.ENCRYPTED : Route.PLAIN;
    }
}
