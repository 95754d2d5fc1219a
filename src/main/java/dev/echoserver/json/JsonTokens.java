package dev.echoserver.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

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

    private JsonTokens() {}

    /** The byte at {@code at}, or zero, which is no part of a token, behind the end. */
    static byte byteAt(byte[] json, int at) {
        return at < json.length ? json[at] : 0;
    }

    /** Behind the white space at {@code from}, if there is any. */
    static int afterSpace(byte[] json, int from) {
        return byteAt(json, from) > ' ' ? from : afterSpaces(json, from);
    }

    private static int afterSpaces(byte[] json, int from) {
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
        int at = afterPlain(json, from + 1);
        while (at < json.length && json[at] != '"') {
            at = json[at] < 0 ? Utf8.afterCharacters(json, at) : afterEscape(json, at);
            if (at == NONE) {
                return NONE;
            }
            at = afterPlain(json, at);
        }
        return at < json.length ? at + 1 : NONE;
    }

    /**
     * Behind the characters at {@code from} that mean themselves. One by one: most strings of a model are short, and eight
     * at a time took twice as long for them.
     */
    private static int afterPlain(byte[] json, int from) {
        int at = from;
        while (at < json.length && isPlain(json[at])) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
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
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at > from ? at : NONE;
    }
}
