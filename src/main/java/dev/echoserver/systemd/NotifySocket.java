package dev.echoserver.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datagram socket on which systemd listens, with the thread {@code systemd} that writes to it: in the order of the
 * calls.
 *
 * <p>Source: sd_notify(3).
 */
final class NotifySocket implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NotifySocket.class);

    private final EventLoopGroup group;
    private final Channel channel;

    private NotifySocket(EventLoopGroup group, Channel channel) {
        this.group = group;
        this.channel = channel;
    }

    /**
     * Connects to it.
     *
     * @param address a path, or {@code @name} for a name without a file
     * @throws IOException if nobody listens there, or this platform has no such sockets for Java
     */
    static NotifySocket connect(String address) throws IOException {
        if (!Epoll.isAvailable()) {
            throw new IOException("no epoll", Epoll.unavailabilityCause());
        }
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("systemd", true), EpollIoHandler.newFactory());
        ChannelFuture connected = new Bootstrap()
                .group(group)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new DomainSocketAddress(address.replaceFirst("^@", "\0")))
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            Future<?> unused = group.shutdownGracefully();
            throw new IOException(connected.cause());
        }
        return new NotifySocket(group, connected.channel());
    }

    /** The thread. */
    EventLoop loop() {
        return channel.eventLoop();
    }

    /** Sends {@code lines}, each of the form {@code NAME=value}, as one message. */
    void send(String... lines) {
        ChannelFuture unused = channel.writeAndFlush(Unpooled.copiedBuffer(String.join("\n", lines), UTF_8))
                .addListener((ChannelFutureListener) sent -> {
                    if (!sent.isSuccess() && !group.isShuttingDown()) {
                        log.warn(
                                "systemd did not hear: message=\"{}\" reason={}",
                                lines[0],
                                String.valueOf(sent.cause()));
                    }
                });
    }

    /** Ends the thread, once it has sent what it was given. Blocks for a second at most. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
