package dev.echoserver.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.CorruptedFrameException;

/** Lines of RESP 2 that say how long something is: a type, a number, CR LF. */
final class RespLine {
    /** The line has not come in full; nothing of it was read. */
    static final int INCOMPLETE = -2;

    /** There is nothing at all, not even something empty. */
    static final int NIL = -1;

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] NIL_LINE = {'-', '1', '\r', '\n'};

    private RespLine() {}

    /**
     * Reads a line, whatever its type is.
     *
     * @return the number, {@link #NIL} or {@link #INCOMPLETE}
     * @throws CorruptedFrameException if there is no length in it
     */
    static int readLength(ByteBuf in) {
        int end = in.writerIndex();
        int first = in.readerIndex() + 1;
        long number = 0;
        int at = first;
        while (at < end && isDigit(in.getByte(at)) && number <= Integer.MAX_VALUE) {
            number = 10 * number + in.getByte(at) - '0';
            at++;
        }
        if (at == first && startsAs(in, at, NIL_LINE)) {
            return readTo(in, at + NIL_LINE.length, NIL);
        }
        boolean isLength = at == end || (at > first && startsAs(in, at, LINE_END));
        if (!isLength || number > Integer.MAX_VALUE) {
            throw corrupted(in);
        }
        return readTo(in, at + LINE_END.length, (int) number);
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /** Whether {@code line} is there, or as much of it as has come. */
    private static boolean startsAs(ByteBuf in, int from, byte[] line) {
        int come = Math.min(line.length, in.writerIndex() - from);
        for (int i = 0; i < come; i++) {
            if (in.getByte(from + i) != line[i]) {
                return false;
            }
        }
        return true;
    }

    private static int readTo(ByteBuf in, int end, int number) {
        if (end > in.writerIndex()) {
            return INCOMPLETE;
        }
        in.readerIndex(end);
        return number;
    }

    /** What came in place of RESP 2. */
    static CorruptedFrameException corrupted(ByteBuf in) {
        int shown = Math.min(in.readableBytes(), 20);
        return new CorruptedFrameException("not RESP 2: bytes=" + ByteBufUtil.hexDump(in, in.readerIndex(), shown));
    }
}
