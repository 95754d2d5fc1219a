package dev.echoserver.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;

/** The handlers of a new connection with TLS, in the order in which bytes pass them. */
final class TlsPipeline extends ChannelInitializer<Channel> {
    private final ServerTls tls;
    private final ChannelHandler next;

    TlsPipeline(ServerTls tls, ChannelHandler next) {
        this.tls = tls;
        this.next = next;
    }

    @Override
    protected void initChannel(Channel connection) {
        connection.pipeline().addLast(tls.handlerFor(connection), tls.failures(), next);
    }
}
