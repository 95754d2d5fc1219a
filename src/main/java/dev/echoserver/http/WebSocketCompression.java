package dev.echoserver.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;

/** Agrees with clients on compressed WebSocket messages. An offer that cannot be read is declined, as RFC 7692 wants. */
final class WebSocketCompression extends WebSocketServerCompressionHandler {

    /** @param maxBytes of a message after decompression */
    WebSocketCompression(int maxBytes) {
        super(maxBytes);
    }

    @Override
    protected void onHttpRequestChannelRead(ChannelHandlerContext ctx, HttpRequest request) throws Exception {
        try {
            super.onHttpRequestChannelRead(ctx, request);
        } catch (NumberFormatException | IndexOutOfBoundsException malformedOffer) {
            request.headers().remove(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
            super.onHttpRequestChannelRead(ctx, request);
        }
    }
}
