package dev.echoserver.hub;

import dev.echoserver.channel.Channel;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;

/** Writes events in the form that subscribers take; several results may be joined by appending their bytes. */
public interface EventEncoder {

    /**
     * An event as subscribers of its channel get it: a new buffer, released by the caller. Any thread.
     *
     * @param event its name, a JSON string
     */
    ByteBuf encode(Channel channel, Json event, Json data);
}
