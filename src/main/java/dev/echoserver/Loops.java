package dev.echoserver;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Event loops, such as {@code io-1} to {@code io-N}, on the best I/O that the platform has. */
public final class Loops implements AutoCloseable {
    private static final long QUIET_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 2000;

    private final EventLoopGroup group;
    private final Class<? extends ServerChannel> serverChannel;

    /** Starts {@code count} loops for sockets. */
    public Loops(int count) {
        this("io", count);
    }

    /** Starts {@code count} loops whose threads are called {@code name}, with numbers behind it. */
    Loops(String name, int count) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name), io);
        serverChannel = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** All loops, as Netty takes them. */
    public EventLoopGroup group() {
        return group;
    }

    /** The listening channel that belongs to these loops. */
    public Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    /** The loops one by one. */
    public List<EventLoop> all() {
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor loop : group) {
            loops.add((EventLoop) loop);
        }
        return loops;
    }

    /**
     * Ends the loops and with them whatever connection is left, once they have done what was handed to them before. What
     * the connections still do while they end finds the loops of others running. Blocks for seconds at most.
     */
    @Override
    public void close() {
        settle(); // Each loop has done its own tasks
        settle(); // and those that they handed to other loops, such as the answer to a poll.
        group.shutdownGracefully(QUIET_MILLIS, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }

    private void settle() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        List<Future<?>> done = new ArrayList<>();
        all().forEach(loop -> done.add(loop.submit(() -> {})));
        done.forEach(task -> task.awaitUninterruptibly(end - System.nanoTime(), TimeUnit.NANOSECONDS));
    }
}
