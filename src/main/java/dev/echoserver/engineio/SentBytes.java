package dev.echoserver.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Counts what leaves a connection whose transport cannot count it: compressed or encrypted. The first handler of its
 * pipeline. Confined to the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty gives back the promise it was given.
final class SentBytes extends ChannelOutboundHandlerAdapter {
    private final WebSocketTransport transport;

    SentBytes(WebSocketTransport transport) {
        this.transport = transport;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            transport.count(bytes);
        }
        ctx.write(message, promise);
    }
}
