package dev.echoserver.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import java.util.Optional;

/**
 * The answers to a WebSocket's ping frames. While one waits for the client to read, only the latest ping behind it is
 * remembered, so that a flood of pings costs nothing.
 *
 * <p>Source: RFC 6455 section 5.5.3. Confined to the connection's event loop.
 */
final class Pongs {
    private final Channel connection;
    private boolean leaving;
    private Optional<ByteBuf> latest = Optional.empty();

    Pongs(Channel connection) {
        this.connection = connection;
    }

    /** Answers a ping with {@code content}; takes over the caller's reference. */
    void answer(ByteBuf content) {
        if (leaving) {
            latest.ifPresent(ByteBuf::release);
            latest = Optional.of(content);
            return;
        }
        leaving = true;
        connection.writeAndFlush(new PongWebSocketFrame(content)).addListener((ChannelFutureListener) this::onLeft);
    }

    private void onLeft(ChannelFuture pong) {
        leaving = false;
        Optional<ByteBuf> next = latest;
        latest = Optional.empty();
        next.ifPresent(pong.isSuccess() ? this::answer : ByteBuf::release);
    }
}
