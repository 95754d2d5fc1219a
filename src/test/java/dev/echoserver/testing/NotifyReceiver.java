package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** systemd's end of the notification socket: what services send, message by message. */
public final class NotifyReceiver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("notify", true), EpollIoHandler.newFactory());
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final String address;

    private NotifyReceiver(String address) {
        this.address = address;
    }

    /**
     * Listens.
     *
     * @param address a path, or {@code @name}
     */
    public static NotifyReceiver at(String address) {
        if (!Epoll.isAvailable()) {
            Requirement.unmet("epoll: not available (expected: Linux)");
        }
        NotifyReceiver receiver = new NotifyReceiver(address);
        receiver.listen();
        return receiver;
    }

    private void listen() {
        Channel unused = new Bootstrap()
                .group(group)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                        messages.add(packet.content().toString(UTF_8));
                    }
                })
                .bind(new DomainSocketAddress(address.replaceFirst("^@", "\0")))
                .syncUninterruptibly()
                .channel();
    }

    /** What a service gets as {@code NOTIFY_SOCKET}. */
    public String address() {
        return address;
    }

    /** All messages so far. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** How often {@code message} has come. */
    public long count(String message) {
        return messages.stream().filter(message::equals).count();
    }

    /** Waits for {@code message}. */
    public NotifyReceiver await(String message) {
        return await(message, message::equals);
    }

    /** Waits for a message of which {@code condition} holds. */
    public NotifyReceiver await(String what, Predicate<String> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> messages.stream().anyMatch(condition));
        return this;
    }

    /** Waits until {@code message} has come {@code times} times. */
    public NotifyReceiver await(String message, long times) {
        Awaitility.await(times + " times " + message)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count(message) >= times);
        return this;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
