package dev.echoserver.json;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Checks the tokens of strict JSON in UTF-8 and finds where they end, without reading them.
 *
 * <p>Each method takes the position at which a token must begin and returns the position behind it, or {@link #NONE}.
 *
 * <p>Source: RFC 8259; RFC 3629 for what strings are made of.
 */
final class JsonTokens {
    /** There is no such token: a result that is no position. */
    static final int NONE = -1;

    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private JsonTokens() {}

    /** The byte at {@code at}, or zero, which is no part of a token, behind the end. */
    static byte byteAt(byte[] json, int at) {
        return at < json.length ? json[at] : 0;
    }

    /** Behind the white space at {@code from}, if there is any. */
    static int afterSpace(byte[] json, int from) {
        int at = from;
        while (at < json.length && isSpace(json[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
    }

    /** Behind a value that is neither an object nor an array. */
    static int afterScalar(byte[] json, int from) {
        return switch (byteAt(json, from)) {
            case '"' -> afterString(json, from);
            case 't' -> afterLiteral(json, from, TRUE);
            case 'f' -> afterLiteral(json, from, FALSE);
            case 'n' -> afterLiteral(json, from, NULL);
            default -> afterNumber(json, from);
        };
    }

    private static int afterLiteral(byte[] json, int from, byte[] literal) {
        int end = from + literal.length;
        return end <= json.length && Arrays.equals(json, from, end, literal, 0, literal.length) ? end : NONE;
    }

    /** Behind the closing quote. */
    static int afterString(byte[] json, int from) {
        if (byteAt(json, from) != '"') {
            return NONE;
        }
        int at = from + 1;
        while (at < json.length && json[at] != '"') {
            if (isPlain(json[at])) {
                at = afterPlainWords(json, at + 1);
            } else {
                at = json[at] < 0 ? Utf8.afterCharacters(json, at) : afterEscape(json, at);
                if (at == NONE) {
                    return NONE;
                }
            }
        }
        return at < json.length ? at + 1 : NONE;
    }

    /**
     * Behind the characters at {@code from} that mean themselves, eight at a time. Only at a multiple of eight: elsewhere
     * the JVM's quick compiler, and its interpreter, would read a word byte by byte.
     */
    private static int afterPlainWords(byte[] json, int from) {
        int at = from;
        while (at % Long.BYTES == 0 && at <= json.length - Long.BYTES) {
            long marks = marks((long) WORDS.get(json, at));
            if (marks != 0) {
                return at + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        return at;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }

    /**
     * The highest bit of the lowest byte that is not plain, and perhaps of bytes above it; zero if all eight are plain.
     *
     * <p>A byte with its highest bit is marked by itself, one that is too small by the borrow of a subtraction. Turning
     * bit 1 puts the quote among the control characters: 0x22 changes its place with 0x20, which is plain.
     */
    private static long marks(long word) {
        long controlsAndQuotes = (word ^ 2 * EACH_BYTE) - 0x21 * EACH_BYTE;
        long backslashes = (word ^ '\\' * EACH_BYTE) - EACH_BYTE;
        return (controlsAndQuotes | backslashes | word) & HIGH_BITS;
    }

    private static int afterEscape(byte[] json, int from) {
        if (json[from] != '\\') {
            return NONE;
        }
        return switch (byteAt(json, from + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 2;
            case 'u' -> hasHexDigits(json, from + 2) ? from + 6 : NONE;
            default -> NONE;
        };
    }

    private static boolean hasHexDigits(byte[] json, int from) {
        return from + 4 <= json.length
                && HexFormat.isHexDigit(json[from])
                && HexFormat.isHexDigit(json[from + 1])
                && HexFormat.isHexDigit(json[from + 2])
                && HexFormat.isHexDigit(json[from + 3]);
    }

    private static int afterNumber(byte[] json, int from) {
        int whole = byteAt(json, from) == '-' ? from + 1 : from;
        int at = byteAt(json, whole) == '0' ? whole + 1 : afterDigits(json, whole);
        if (at != NONE && byteAt(json, at) == '.') {
            at = afterDigits(json, at + 1);
        }
        if (at != NONE && (byteAt(json, at) == 'e' || byteAt(json, at) == 'E')) {
            byte sign = byteAt(json, at + 1);
            at = afterDigits(json, sign == '+' || sign == '-' ? at + 2 : at + 1);
        }
        return at;
    }

    /** Behind one digit at least. */
    private static int afterDigits(byte[] json, int from) {
        int at = from;
        while (byteAt(json, at) >= '0' && byteAt(json, at) <= '9') {
            at++;
        }
        return at > from ? at : NONE;
    }
}
