package dev.echoserver.http;

import dev.echoserver.log.Tally;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connections from taking the last file descriptors: without any, Redis, the application, the log and certificates
 * cannot be reached any more. Handler of all listeners together; any thread.
 *
 * <p>A connection too many is accepted and closed at once. Left waiting in the kernel it would learn of nothing, and
 * take the places of those who come when there is room again.
 */
@Sharable
public final class DescriptorGuard extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(DescriptorGuard.class);
    private static final long PAUSE_SECONDS = 1;
    private static final String CURE = "allow more open files: LimitNOFILE in systemd, ulimit -n in a shell";
    private static final String FOR_OTHERS = "the other descriptors are for Redis and the application (" + CURE + ")";

    private final int max;
    private final String reason;
    private final LongSupplier clock;
    private final AtomicInteger open = new AtomicInteger();
    private final ChannelFutureListener onClose = closed -> open.decrementAndGet();
    private final Tally<Cause> refusals = new Tally<>(Cause.class);

    /** Why a connection was not taken. */
    public enum Cause {
        /** There are as many as there may be. */
        RESERVE,
        /** The operating system gave no descriptor. */
        NONE_LEFT
    }

    /**
     * One that lets {@code max} connections be open at once.
     *
     * @param clock like {@link System#nanoTime}
     */
    public DescriptorGuard(int max, LongSupplier clock) {
        this(max, FOR_OTHERS, clock);
    }

    /** As {@link #DescriptorGuard(int, LongSupplier)}; {@code reason} is why there may be no more, for the log. */
    public DescriptorGuard(int max, String reason, LongSupplier clock) {
        this.max = max;
        this.reason = reason;
        this.clock = clock;
    }

    /** How often {@code cause} kept one from being taken. */
    public long count(Cause cause) {
        return refusals.count(cause);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        Channel connection = (Channel) accepted;
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            connection.unsafe().closeForcibly();
            tellOfReserve();
        } else {
            connection.closeFuture().addListener(onClose); // One for all: it costs a connection no memory.
            ctx.fireChannelRead(connection);
        }
    }

    private void tellOfReserve() {
        refusals.add(Cause.RESERVE, clock.getAsLong())
                .ifPresent(folded ->
                        log.warn("Closed a new connection: open={} reason={} folded={}", max, reason, folded));
    }

    /** {@inheritDoc} Accepting pauses: the connection that waits would be reported again and again. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            ctx.fireExceptionCaught(cause);
            return;
        }
        ctx.channel().config().setAutoRead(false);
        Future<?> unused = ctx.executor()
                .schedule(() -> ctx.channel().config().setAutoRead(true), PAUSE_SECONDS, TimeUnit.SECONDS);
        refusals.add(Cause.NONE_LEFT, clock.getAsLong())
                .ifPresent(folded -> log.error(
                        "Cannot accept connections, trying again every second: reason={} ({}) folded={}",
                        cause.getMessage(),
                        CURE,
                        folded));
    }
}
