package dev.echoserver.engineio;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.INVALID_PAYLOAD_DATA;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.MESSAGE_TOO_BIG;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.PROTOCOL_ERROR;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.TRY_AGAIN_LATER;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads what a client sends on a WebSocket, which may be compressed: takes the stream apart into frames, and puts messages
 * together that come in fragments.
 *
 * <p>It holds a buffer only while a frame or a message is incomplete, and then no more bytes than the largest message has,
 * and than all clients together may hold. What comes as a whole passes without being counted.
 *
 * <p>Source: RFC 6455 sections 5 and 7.4; RFC 7692 section 6. Confined to the connection's event loop.
 */
final class FrameReader {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int COMPRESSED = 0x40;
    private static final int OPCODE = 0x0F;
    private static final int IS_MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int LONGEST_CONTROL = 125;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final int LAST_STATUS = 4999; // Of those that applications may use.
    private static final int HEAD_BYTES = 2;
    private static final int MASK_BYTES = 4;
    private static final int SHORTEST_BYTES = 64; // Of a buffer.
    private static final int MAX_HEADER_BYTES = HEAD_BYTES + Long.BYTES + MASK_BYTES;

    private static final WebSocketCloseStatus TOO_MUCH =
            new WebSocketCloseStatus(TRY_AGAIN_LATER.code(), "Too many large messages at once. Send it again later.");

    private final int maxMessageBytes;
    private final InboundClaim claim;
    private final Optional<Inflation> inflation;
    private ByteBuf incomplete = Unpooled.EMPTY_BUFFER; // The first bytes of a frame.
    private ByteBuf fragments = Unpooled.EMPTY_BUFFER; // The first contents of a message.
    private int fragmented; // The opcode of that message, and whether it is compressed; 0 between messages.

    /** @param compressed whether messages may be compressed; those that are not may come in between */
    FrameReader(Inbound inbound, boolean compressed) {
        this.maxMessageBytes = Math.min(inbound.bounds().maxMessageBytes(), Integer.MAX_VALUE - MAX_HEADER_BYTES);
        this.claim = inbound.claim();
        this.inflation = compressed ? Optional.of(new Inflation(maxMessageBytes)) : Optional.empty();
    }

    /** What a client sent, whole and unmasked. */
    interface Listener {
        /** A text message, not yet checked to be UTF-8. */
        void onText(byte[] content);

        void onBinary(byte[] content);

        void onPing(byte[] content);

        /** The client closes; {@code content} is a status and a reason, or nothing. */
        void onClose(byte[] content);
    }

    /**
     * Reads {@code arrived}, whose bytes are changed; the caller releases it.
     *
     * @throws CorruptedWebSocketFrameException if the client broke a rule; nothing may be read after that
     */
    void read(ByteBuf arrived, Listener listener) {
        while (arrived.isReadable()) {
            if (incomplete.isReadable()) {
                complete(arrived, listener);
            } else if (arrived.readableBytes() >= wantedBytes(arrived)) {
                readFrame(arrived, listener);
            } else {
                incomplete = arrived.alloc().buffer(SHORTEST_BYTES, MAX_HEADER_BYTES + maxMessageBytes);
                append(arrived, arrived.readableBytes(), incomplete);
            }
        }
    }

    private void complete(ByteBuf arrived, Listener listener) {
        int missing = wantedBytes(incomplete) - incomplete.readableBytes();
        append(arrived, Math.min(missing, arrived.readableBytes()), incomplete);
        if (incomplete.readableBytes() < wantedBytes(incomplete)) {
            return;
        }
        ByteBuf frame = incomplete;
        incomplete = Unpooled.EMPTY_BUFFER;
        try {
            readFrame(frame, listener);
        } finally {
            frame.release();
            hold(fragments.capacity());
        }
    }

    /** Moves {@code bytes} of {@code from} to the end of one of the two buffers, which grows if all clients leave room. */
    private void append(ByteBuf from, int bytes, ByteBuf to) {
        if (bytes > to.maxFastWritableBytes()) {
            int grown = to.alloc().calculateNewCapacity(to.writerIndex() + bytes, to.maxCapacity());
            hold((long) incomplete.capacity() + fragments.capacity() - to.capacity() + grown);
        }
        to.writeBytes(from, bytes);
    }

    private void hold(long bytes) {
        if (!claim.hold(bytes)) {
            throw violation(TOO_MUCH, "a part of a message, " + bytes + " bytes");
        }
    }

    /** How many bytes the frame at the head of {@code in} has, or more than there are while that is not known. */
    private int wantedBytes(ByteBuf in) {
        if (in.readableBytes() < HEAD_BYTES) {
            return HEAD_BYTES;
        }
        int head = in.getUnsignedByte(in.readerIndex());
        int second = in.getUnsignedByte(in.readerIndex() + 1);
        checkHead(head, second);
        int lengthEnd = lengthEnd(second);
        if (in.readableBytes() < lengthEnd) {
            return lengthEnd;
        }
        long length = length(in);
        if ((head & OPCODE) < CLOSE && length > maxMessageBytes - fragments.readableBytes()) {
            throw violation(MESSAGE_TOO_BIG, "a message of " + (length + fragments.readableBytes()) + " bytes or more");
        }
        return lengthEnd + MASK_BYTES + (int) length;
    }

    private void checkHead(int head, int second) {
        int opcode = head & OPCODE;
        boolean beginsMessage = opcode == TEXT || opcode == BINARY;
        int allowed = inflation.isPresent() && beginsMessage ? COMPRESSED : 0;
        check((head & RESERVED & ~allowed) == 0, "reserved bit");
        check((second & IS_MASKED) != 0, "frame without a mask");
        if (opcode >= CLOSE) {
            check(opcode <= PONG, "unknown opcode");
            check((head & FIN) != 0, "fragmented control frame");
            check((second & LENGTH) <= LONGEST_CONTROL, "long control frame");
        } else {
            check(opcode <= BINARY, "unknown opcode");
            check((opcode == CONTINUATION) == (fragmented != 0), "fragments of different messages");
        }
    }

    private static int lengthEnd(int second) {
        return switch (second & LENGTH) {
            case LENGTH_IN_2_BYTES -> HEAD_BYTES + Short.BYTES;
            case LENGTH_IN_8_BYTES -> HEAD_BYTES + Long.BYTES;
            default -> HEAD_BYTES;
        };
    }

    private static long length(ByteBuf in) {
        int at = in.readerIndex() + HEAD_BYTES;
        int first = in.getUnsignedByte(at - 1) & LENGTH;
        if (first <= LONGEST_CONTROL) {
            return first;
        }
        long length = first == LENGTH_IN_2_BYTES ? in.getUnsignedShort(at) : in.getLong(at);
        check(length > (first == LENGTH_IN_2_BYTES ? LONGEST_CONTROL : 0xFFFF), "length not in its shortest form");
        return length;
    }

    /** Reads a frame that is there as a whole and was checked. */
    private void readFrame(ByteBuf in, Listener listener) {
        int head = in.getUnsignedByte(in.readerIndex());
        int length = (int) length(in);
        in.skipBytes(lengthEnd(in.getUnsignedByte(in.readerIndex() + 1)));
        int mask = in.readInt();
        unmask(in, length, mask);
        int opcode = head & OPCODE;
        if (opcode < CLOSE && ((head & FIN) == 0 || opcode == CONTINUATION)) {
            readFragment(in, length, head, listener);
        } else {
            deliver(head, ByteBufUtil.getBytes(in, in.readerIndex(), length), listener);
            in.skipBytes(length);
        }
    }

    private static void unmask(ByteBuf in, int length, int mask) {
        long wideMask = (long) mask << Integer.SIZE | Integer.toUnsignedLong(mask);
        int at = in.readerIndex();
        int end = at + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            in.setLong(at, in.getLong(at) ^ wideMask);
        }
        for (; at < end; at++) {
            in.setByte(at, in.getByte(at) ^ (int) (wideMask >>> (Long.SIZE - Byte.SIZE)));
            wideMask = Long.rotateLeft(wideMask, Byte.SIZE);
        }
    }

    private void readFragment(ByteBuf in, int length, int head, Listener listener) {
        if ((head & OPCODE) != CONTINUATION) {
            fragmented = head & (OPCODE | COMPRESSED);
            fragments = in.alloc().buffer(SHORTEST_BYTES, maxMessageBytes);
        }
        append(in, length, fragments);
        if ((head & FIN) != 0) {
            int first = fragmented;
            byte[] message = ByteBufUtil.getBytes(fragments);
            forgetFragments();
            claim.release();
            deliver(first, message, listener);
        }
    }

    private void deliver(int head, byte[] content, Listener listener) {
        switch (head & OPCODE) {
            case TEXT -> listener.onText(message(head, content));
            case BINARY -> listener.onBinary(message(head, content));
            case PING -> listener.onPing(content);
            case CLOSE -> {
                checkClose(content);
                listener.onClose(content);
            }
            default -> {} // PONG: nobody asked for one.
        }
    }

    private byte[] message(int head, byte[] content) {
        return (head & COMPRESSED) == 0 ? content : inflation.orElseThrow().inflate(content);
    }

    private static void checkClose(byte[] content) {
        if (content.length == 0) {
            return;
        }
        check(content.length > 1, "close frame with half a status");
        int status = (content[0] & 0xFF) << Byte.SIZE | (content[1] & 0xFF);
        check(WebSocketCloseStatus.isValidStatusCode(status), "close frame with an invalid status");
        if (Utf8.decode(Arrays.copyOfRange(content, 2, content.length)).isEmpty()) {
            throw violation(INVALID_PAYLOAD_DATA, "close frame whose reason is not UTF-8");
        }
        check(status <= LAST_STATUS, "close frame with an unknown status");
    }

    private static void check(boolean rule, String fault) {
        if (!rule) {
            throw violation(PROTOCOL_ERROR, fault);
        }
    }

    private static CorruptedWebSocketFrameException violation(WebSocketCloseStatus status, String fault) {
        return new CorruptedWebSocketFrameException(status, fault);
    }

    /** Forgets what is incomplete: nothing more comes. */
    void release() {
        incomplete.release();
        incomplete = Unpooled.EMPTY_BUFFER;
        forgetFragments();
        claim.release();
        inflation.ifPresent(Inflation::release);
    }

    private void forgetFragments() {
        fragmented = 0;
        fragments.release();
        fragments = Unpooled.EMPTY_BUFFER;
    }
}
