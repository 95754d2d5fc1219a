package dev.echoserver.hub;

import dev.echoserver.broadcast.Broadcast;
import io.netty.buffer.ByteBuf;

/** Writes a broadcast in the form that subscribers take; several results may be joined by appending their bytes. */
public interface EventEncoder {

    /** The event as subscribers of its channel get it: a new buffer, released by the caller. Any thread. */
    ByteBuf encode(Broadcast broadcast);
}
