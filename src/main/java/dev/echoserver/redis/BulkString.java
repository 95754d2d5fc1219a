package dev.echoserver.redis;

import io.netty.buffer.ByteBuf;
import java.util.function.IntUnaryOperator;

/** A string of RESP 2, {@code $length CR LF bytes CR LF}, read as its bytes come and copied once. */
final class BulkString {
    private static final byte[] NONE = {};
    private static final int UNKNOWN = -1;
    private static final int LINE_END = 2;

    private final IntUnaryOperator worth;
    private byte[] bytes = NONE;
    private int kept;
    private long missing = UNKNOWN; // Its line end is among them.

    /** {@code worth} says of how many bytes to keep how many; those behind them are skipped as they come. */
    BulkString(IntUnaryOperator worth) {
        this.worth = worth;
    }

    /**
     * Reads on.
     *
     * @return whether all of it has come
     * @throws io.netty.handler.codec.CorruptedFrameException if something else has come
     */
    boolean read(ByteBuf in) {
        if (missing == 0) {
            return true;
        }
        if (missing == UNKNOWN && !readLength(in)) {
            return false;
        }
        int copied = Math.min(in.readableBytes(), bytes.length - kept);
        in.readBytes(bytes, kept, copied);
        kept += copied;
        int skipped = (int) Math.min(in.readableBytes(), missing - copied);
        in.skipBytes(skipped);
        missing -= copied + skipped;
        return missing == 0;
    }

    private boolean readLength(ByteBuf in) {
        if (!in.isReadable()) {
            return false;
        }
        if (in.getByte(in.readerIndex()) != '$') {
            throw RespLine.corrupted(in);
        }
        int length = RespLine.readLength(in);
        if (length == RespLine.NIL) {
            throw RespLine.corrupted(in);
        }
        if (length == RespLine.INCOMPLETE) {
            return false;
        }
        bytes = new byte[worth.applyAsInt(length)];
        missing = (long) length + LINE_END;
        return true;
    }

    /** The bytes that were kept, handed over; what is read next is another string. */
    byte[] take() {
        byte[] taken = bytes;
        bytes = NONE;
        kept = 0;
        missing = UNKNOWN;
        return taken;
    }

    /** As {@link #take}, but what was kept stays. */
    byte[] bytes() {
        return bytes;
    }
}
