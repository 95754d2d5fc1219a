package dev.echoserver.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Counts what leaves a connection whose outbox cannot count it: compressed or encrypted. The first handler of its
 * pipeline. Confined to the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty gives back the promise it was given.
final class SentBytes extends ChannelOutboundHandlerAdapter {
    private final Outbox outbox;

    SentBytes(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            outbox.count(bytes);
        }
        ctx.write(message, promise);
    }
}
