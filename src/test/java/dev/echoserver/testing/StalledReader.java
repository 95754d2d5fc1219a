package dev.echoserver.testing;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

/** The client of an embedded channel: what is flushed does not arrive until it reads on. The first handler. */
public final class StalledReader extends ChannelOutboundHandlerAdapter {
    private boolean reads;

    /** One that does not read. */
    public StalledReader() {}

    /** What waited for it on {@code connection} arrives, as does all that follows. */
    public void readOn(EmbeddedChannel connection) {
        reads = true;
        connection.flush();
        connection.runPendingTasks();
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (reads) {
            ctx.flush();
        }
    }
}
