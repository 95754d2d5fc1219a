package dev.echoserver.hub;

import io.netty.buffer.ByteBuf;

/**
 * Writes whispers with attachments in one of the forms that subscribers take. Subscribers of the same form have the same
 * encoder, so each event loop encodes once for all of them.
 */
@FunctionalInterface
public interface BinaryEncoder {

    /** The event as subscribers of {@code channel} get it, its attachments behind it: a new buffer, released by the caller. */
    ByteBuf encode(String channel, Whisper whisper);
}
