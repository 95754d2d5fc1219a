package dev.echoserver.engineio;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.Optional;

/**
 * The answers to a WebSocket's ping frames. While one waits for the client to read, only the latest ping behind it is
 * remembered, so that a flood of pings costs nothing. (The reference ends a client for which 60 answers wait.)
 *
 * <p>Source: RFC 6455 section 5.5.3. Confined to the connection's event loop.
 */
final class Pongs {
    private final Outbox outbox;
    private boolean leaving;
    private Optional<byte[]> latest = Optional.empty();

    Pongs(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Answers a ping with {@code content}. */
    void answer(byte[] content) {
        if (leaving) {
            latest = Optional.of(content);
            return;
        }
        leaving = true;
        outbox.sendControl(Frames.pong(ByteBufAllocator.DEFAULT, content))
                .addListener((ChannelFutureListener) this::onLeft);
    }

    private void onLeft(ChannelFuture pong) {
        leaving = false;
        Optional<byte[]> next = latest;
        latest = Optional.empty();
        if (pong.isSuccess()) {
            next.ifPresent(this::answer);
        }
    }
}
