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

    /**
     * Sends encoded events, with whatever else is sent during this round of the event loop; takes over a reference. Others
     * get the same buffer: its indices must not be moved. On {@link #loop()} only.
     */
    void send(ByteBuf frames);

    /** As {@link #send}, but at once. */
    void sendNow(ByteBuf frames);

    /** Writes events with attachments in the form that this socket takes. */
    BinaryEncoder binaryEncoder();
}
