package dev.echoserver.engineio;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Ends a TCP connection behind what was written to it: first what goes to the client (with TLS, after close_notify), and
 * the whole when the client has closed too, or after {@value #PATIENCE_SECONDS} seconds.
 *
 * <p>Closing both at once would reset the connection if the client is just sending, and a reset destroys what the client
 * has not read yet. What the client still sends must be read and dropped meanwhile.
 *
 * <p>Source: RFC 9112, section 9.6.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Whether it worked or not, the connection ends.
final class OrderlyEnd {
    private static final int PATIENCE_SECONDS = 2;

    private OrderlyEnd() {}

    /** On the event loop of {@code connection}. */
    static void begin(Channel connection) {
        Future<?> patience =
                connection.eventLoop().schedule(() -> connection.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
        connection.closeFuture().addListener(closed -> patience.cancel(false));
        lastWrite(connection).addListener(written -> shutOutput(connection));
    }

    private static ChannelFuture lastWrite(Channel connection) {
        SslHandler tls = connection.pipeline().get(SslHandler.class);
        return tls == null ? connection.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
    }

    private static void shutOutput(Channel connection) {
        if (connection instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        } else {
            connection.close();
        }
    }
}
