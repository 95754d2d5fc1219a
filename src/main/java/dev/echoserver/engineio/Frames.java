package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.Base64;

/**
 * Outbound packets, and the answers that a WebSocket itself gives, each encoded once as an unmasked WebSocket frame that is
 * ready to be written.
 *
 * <p>A buffer of frames may hold several, back to back. WebSocket transports write it as it is, so one buffer serves any
 * number of sessions; polling transports read the frames back and join their contents to a payload.
 *
 * <p>Source: RFC 6455 section 5.2; a text frame's content is {@code <type digit><data>} in both protocols.
 */
public final class Frames {
    private static final int FIN_TEXT = 0x81;
    private static final int FIN_BINARY = 0x82;
    private static final int FIN_CLOSE = 0x88;
    private static final int FIN_PONG = 0x8A;
    private static final int MAX_HEADER_BYTES = 10;

    private Frames() {}

    /**
     * Begins a frame for a text message: the caller appends exactly {@code messageBytes} bytes of UTF-8.
     *
     * @return a new buffer, released by the caller or by {@link Session#send}
     */
    public static ByteBuf beginText(ByteBufAllocator allocator, int messageBytes) {
        ByteBuf frame = header(allocator, FIN_TEXT, messageBytes + 1);
        return frame.writeByte(PacketType.MESSAGE.digit());
    }

    /** A binary message as one frame, or in base64 as one text frame; the caller releases it. */
    public static ByteBuf binary(ByteBufAllocator allocator, Protocol protocol, byte[] message, boolean asText) {
        return asText ? base64(allocator, protocol, message) : binary(allocator, protocol, message);
    }

    /** A binary message as one frame; the caller releases it. */
    static ByteBuf binary(ByteBufAllocator allocator, Protocol protocol, byte[] message) {
        boolean typed = protocol == Protocol.V3;
        ByteBuf frame = header(allocator, FIN_BINARY, message.length + (typed ? 1 : 0));
        if (typed) {
            frame.writeByte(PacketType.MESSAGE.number());
        }
        return frame.writeBytes(message);
    }

    /** A binary message as one text frame, for a client that cannot read binary ones; the caller releases it. */
    static ByteBuf base64(ByteBufAllocator allocator, Protocol protocol, byte[] message) {
        String encoded = protocol.base64Prefix() + Base64.getEncoder().encodeToString(message);
        ByteBuf frame = header(allocator, FIN_TEXT, encoded.length());
        frame.writeCharSequence(encoded, UTF_8);
        return frame;
    }

    /** A packet with text data as one frame; the caller releases it. */
    static ByteBuf packet(ByteBufAllocator allocator, PacketType type, String data) {
        ByteBuf frame = header(allocator, FIN_TEXT, ByteBufUtil.utf8Bytes(data) + 1);
        frame.writeByte(type.digit());
        frame.writeCharSequence(data, UTF_8);
        return frame;
    }

    /** The answer to a ping with {@code content}; the caller releases it. */
    static ByteBuf pong(ByteBufAllocator allocator, byte[] content) {
        return header(allocator, FIN_PONG, content.length).writeBytes(content);
    }

    /** A close frame that says nothing; the caller releases it. */
    static ByteBuf close(ByteBufAllocator allocator) {
        return header(allocator, FIN_CLOSE, 0);
    }

    /** The answer to a close frame with {@code content}, a status and a reason, or nothing; the caller releases it. */
    static ByteBuf close(ByteBufAllocator allocator, byte[] content) {
        return header(allocator, FIN_CLOSE, content.length).writeBytes(content);
    }

    /** A close frame that says why; the caller releases it. */
    static ByteBuf close(ByteBufAllocator allocator, WebSocketCloseStatus status) {
        byte[] reason = status.reasonText().getBytes(UTF_8);
        return header(allocator, FIN_CLOSE, Short.BYTES + reason.length)
                .writeShort(status.code())
                .writeBytes(reason);
    }

    private static ByteBuf header(ByteBufAllocator allocator, int opcode, int contentBytes) {
        ByteBuf frame = allocator.buffer(MAX_HEADER_BYTES + contentBytes).writeByte(opcode);
        if (contentBytes < 126) {
            return frame.writeByte(contentBytes);
        }
        return contentBytes <= 0xFFFF
                ? frame.writeByte(126).writeShort(contentBytes)
                : frame.writeByte(127).writeLong(contentBytes);
    }

    /** Whether the next frame of {@code frames} is a text frame. */
    static boolean isText(ByteBuf frames) {
        return frames.getUnsignedByte(frames.readerIndex()) == FIN_TEXT;
    }

    /** Moves past the next frame of {@code frames} and returns its content, which shares the reference count. */
    static ByteBuf readContent(ByteBuf frames) {
        frames.skipBytes(1);
        int length = frames.readUnsignedByte();
        if (length == 126) {
            length = frames.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(frames.readLong());
        }
        return frames.readSlice(length);
    }
}
