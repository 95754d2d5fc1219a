package dev.echoserver.hub;

import dev.echoserver.channel.SocketId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/** A socket with respect to channels. */
public interface Subscriber {

    /** The socket's public name. */
    SocketId id();

    /** The event loop that owns this socket. */
    EventLoop loop();

    /** Sends encoded events; takes over the caller's reference. On {@link #loop()} only. */
    void send(ByteBuf frames);
}
