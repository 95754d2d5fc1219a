package dev.echoserver.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.echoserver.log.Folding;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections that do not come to speak TLS. Scanners and outdated clients are everyday, so that is a line of the
 * debug log, at most once a minute. Who speaks plain HTTP is told so. Stands behind the {@link SslHandler}.
 */
@Sharable
final class HandshakeFailures extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HandshakeFailures.class);
    private static final String TEXT = "This port speaks https. Write https:// instead of http:// in the address.\n";
    private static final byte[] USE_HTTPS = ("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: "
                    + TEXT.length() + "\r\nConnection: close\r\n\r\n" + TEXT)
            .getBytes(US_ASCII);

    private final Folding folding = new Folding();
    private final LongSupplier clock;

    /** @param clock like {@link System#nanoTime} */
    HandshakeFailures(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            if (handshake.cause() instanceof NotSslRecordException) {
                answerInPlain(ctx);
            }
            tell(ctx, handshake.cause());
        }
        ctx.fireUserEventTriggered(event);
    }

    /** Past the TLS handler, which closes the connection right after this event. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the answer to have arrived.
    private static void answerInPlain(ChannelHandlerContext ctx) {
        ChannelHandlerContext tls = ctx.pipeline().context(SslHandler.class);
        tls.writeAndFlush(Unpooled.wrappedBuffer(USE_HTTPS));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the close.
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean isOfTls = cause instanceof SSLException
                || (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
        if (!isOfTls) {
            ctx.fireExceptionCaught(cause);
            return;
        }
        ctx.close();
    }

    private void tell(ChannelHandlerContext ctx, Throwable cause) {
        folding.next(clock.getAsLong())
                .ifPresent(folded -> log.debug(
                        "TLS handshake failed: peer={} reason={} folded={}",
                        ctx.channel().remoteAddress(),
                        String.valueOf(cause.getMessage()),
                        folded));
    }
}
