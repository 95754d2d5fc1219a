package dev.echoserver.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;

/** A TCP port that accepts connections. */
public final class Port implements AutoCloseable {
    private static final int BACKLOG = 4096; // A restart makes all clients come at once; the kernel caps it further.
    private static final RecvByteBufAllocator READS = // Shared, and of one size: one that learns costs memory each.
            new FixedRecvByteBufAllocator(8 << 10).maxMessagesPerRead(16);

    private final Channel listener;

    private Port(Channel listener) {
        this.listener = listener;
    }

    /**
     * Starts accepting at {@code place}.
     *
     * @throws PortException if the address cannot be listened on
     */
    public static Port open(Place place, EventLoopGroup loops, Class<? extends ServerChannel> type, Handlers handlers) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(type)
                .handler(handlers.guard())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true) // Connections have TCP_NODELAY by Netty's default.
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, READS)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(handlers.maxQueueBytes() / 2, handlers.maxQueueBytes()))
                .childHandler(handlers.pipeline());
        ChannelFuture bound = bootstrap.bind(place.address()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new PortException(place, bound.cause());
        }
        return new Port(bound.channel());
    }

    /**
     * Where to listen, and what people set to change it.
     *
     * @param hostKey the key of the host in the configuration, such as {@code host}
     * @param portKey the key of the port
     * @param allHosts what {@code hostKey} is set to for all addresses of this machine, in JSON
     */
    public record Place(InetSocketAddress address, String hostKey, String portKey, String allHosts) {}

    /**
     * What new connections get.
     *
     * @param guard decides whether they are taken at all
     * @param pipeline shared by all connections
     * @param maxQueueBytes how much may wait in one of them before it counts as unwritable
     */
    public record Handlers(DescriptorGuard guard, ChannelHandler pipeline, int maxQueueBytes) {}

    /** The number: the one asked for, or the one found if that was 0. */
    public int number() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Stops accepting; connections go on. Idempotent. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
    }
}
