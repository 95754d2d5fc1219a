package dev.echoserver.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * How many bytes of one connection have left for the kernel. The first handler of its pipeline, so that it counts what
 * leaves: compressed, encrypted, and control frames too. Confined to the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty gives back the promise it was given.
final class SentBytes extends ChannelOutboundHandlerAdapter {
    private static final int ENTRY_OVERHEAD_BYTES = 96; // What Netty counts for an entry of its outbound buffer.

    private final Channel connection;
    private long given;

    SentBytes(Channel connection) {
        this.connection = connection;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            given += bytes.readableBytes() + ENTRY_OVERHEAD_BYTES;
        }
        ctx.write(message, promise);
    }

    /** How many wait for the kernel to take them. */
    long waiting() {
        ChannelOutboundBuffer buffer = connection.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** How many have left: grows only, but for moments in which a handler holds back what was written. */
    long left() {
        ChannelOutboundBuffer buffer = connection.unsafe().outboundBuffer();
        return given - waiting() + (buffer == null ? 0 : buffer.currentProgress());
    }
}
