package dev.echoserver.redis;

import io.netty.buffer.ByteBuf;

/** Finds the end of a reply of RESP 2, whatever it says, as its bytes come. */
final class RespReply {
    private static final int LINE_END = 2;

    private long values; // That have not begun, among them those of arrays.
    private long missing; // Bytes of the value that has begun.

    /** A reply begins with what is skipped next. */
    void begin() {
        values = 1;
    }

    boolean isWhole() {
        return values == 0 && missing == 0;
    }

    /**
     * Skips what has come of it, as far as it can be understood.
     *
     * @throws io.netty.handler.codec.CorruptedFrameException if something else has come
     */
    void skip(ByteBuf in) {
        boolean goesOn = true;
        while (goesOn && in.isReadable() && !isWhole()) {
            goesOn = missing > 0 ? skipBytes(in) : skipLine(in);
        }
    }

    private boolean skipBytes(ByteBuf in) {
        int skipped = (int) Math.min(in.readableBytes(), missing);
        in.skipBytes(skipped);
        missing -= skipped;
        return true;
    }

    private boolean skipLine(ByteBuf in) {
        byte type = in.getByte(in.readerIndex());
        return switch (type) {
            case '+', '-', ':' -> skipText(in);
            case '$', '*' -> skipLength(in, type == '*');
            default -> throw RespLine.corrupted(in);
        };
    }

    private boolean skipText(ByteBuf in) {
        int before = in.bytesBefore((byte) '\n');
        if (before < 0) {
            return false;
        }
        in.skipBytes(before + 1);
        values--;
        return true;
    }

    private boolean skipLength(ByteBuf in, boolean isArray) {
        int length = RespLine.readLength(in);
        if (length == RespLine.INCOMPLETE) {
            return false;
        }
        values--;
        if (isArray) {
            values += Math.max(0, length);
        } else if (length != RespLine.NIL) {
            missing = (long) length + LINE_END;
        }
        return true;
    }
}
