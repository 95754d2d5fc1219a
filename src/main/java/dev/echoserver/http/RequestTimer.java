package dev.echoserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection that begins too late, whose request takes too long, or that is idle for too long. Stands behind the
 * HTTP codec, where it sees requests end; {@link #bytes} stands before it, and sees them begin. State belongs to the
 * channel's event loop.
 *
 * <p>The timer is moved only when something is due earlier than it, which is not so for requests that come in one piece.
 */
final class RequestTimer extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(RequestTimer.class);

    private final SlowRequests slow;
    private Phase phase = Phase.SILENT;
    private long begunNanos;
    private long receivedBytes;
    private long dueNanos;
    private long timerNanos;
    private Optional<Future<?>> timer = Optional.empty();

    private enum Phase {
        /** Nothing was received as yet. */
        SILENT,
        /** Part of a request was. */
        RECEIVING,
        /** A whole request was; perhaps its answer waits for something to happen. */
        IDLE
    }

    RequestTimer(SlowRequests slow) {
        this.slow = slow;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        dueNanos = now(ctx) + slow.firstNanos(ctx.channel().remoteAddress());
        schedule(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timer.ifPresent(running -> running.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest) {
            phase = Phase.RECEIVING; // It may be the second one in what was received at once.
        }
        if (message instanceof LastHttpContent) {
            phase = Phase.IDLE;
        }
        ctx.fireChannelRead(message);
    }

    /** The part of this timer that stands before the codec. */
    ChannelHandler bytes() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                long now = now(ctx);
                receive(now, message instanceof ByteBuf bytes ? bytes.readableBytes() : 0);
                ctx.fireChannelRead(message);
                if (!ctx.isRemoved()) {
                    dueNanos = phase == Phase.IDLE
                            ? now + slow.idleNanos()
                            : begunNanos + slow.requestNanos(receivedBytes);
                    hasten(ctx);
                }
            }
        };
    }

    private void receive(long now, int bytes) {
        if (phase != Phase.RECEIVING) {
            phase = Phase.RECEIVING;
            begunNanos = now;
            receivedBytes = 0;
        }
        receivedBytes += bytes;
    }

    private void hasten(ChannelHandlerContext ctx) {
        if (dueNanos - timerNanos < 0) {
            timer.ifPresent(running -> running.cancel(false));
            schedule(ctx);
        }
    }

    private void schedule(ChannelHandlerContext ctx) {
        timerNanos = dueNanos;
        timer = Optional.of(ctx.executor().schedule(() -> onTimer(ctx), dueNanos - now(ctx), TimeUnit.NANOSECONDS));
    }

    private void onTimer(ChannelHandlerContext ctx) {
        EventExecutor loop = ctx.executor();
        if (ctx.isRemoved() || !ctx.channel().isOpen()) {
            return;
        }
        if (!loop.inEventLoop()) { // The connection has moved to another one meanwhile.
            loop.execute(() -> onTimer(ctx));
        } else if (dueNanos - now(ctx) > 0) {
            schedule(ctx);
        } else {
            end(ctx);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the close.
    private void end(ChannelHandlerContext ctx) {
        switch (phase) {
            case SILENT -> slow.addSilent(ctx.channel().remoteAddress());
            case RECEIVING -> slow.addSlow(ctx.channel().remoteAddress(), receivedBytes);
            case IDLE ->
                log.debug("Closed an idle connection: peer={}", ctx.channel().remoteAddress());
        }
        ctx.close();
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }
}
