package dev.echoserver.engineio;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/**
 * How several packets share one polling request or response.
 *
 * <p>Engine.IO 4 separates packets by 0x1E. Engine.IO 3 writes each packet's length before it: in UTF-16 code units in a
 * text payload, in bytes in a binary payload.
 */
interface Payload {

    /** A response body and the content type that tells the client how to read it. */
    record Body(ByteBuf bytes, String contentType) {}

    /**
     * Joins the packets of {@code frames}; releases nothing.
     *
     * @param binary whether the client can read a binary body
     * @return the body, which the caller releases
     */
    Body encode(List<ByteBuf> frames, boolean binary);

    /** Splits a text body; empty if it is malformed. */
    Optional<List<Packet>> decode(String body);

    /** Splits a binary body; empty if it is malformed or the protocol has none. */
    Optional<List<Packet>> decodeBinary(byte[] body);

    static Payload of(Protocol protocol) {
        return protocol == Protocol.V3 ? PayloadV3.INSTANCE : PayloadV4.INSTANCE;
    }
}
