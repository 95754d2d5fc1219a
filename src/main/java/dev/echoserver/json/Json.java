package dev.echoserver.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HexFormat;

/**
 * One JSON value, carried as the UTF-8 bytes it came in and never turned into objects.
 *
 * <p>Numbers of any size, the order of keys and the spelling of escapes survive. Whoever makes one from outside input
 * has validated it; the bytes are not copied and must not change afterwards.
 *
 * @param bytes holds the value, possibly with other bytes around it
 * @param offset where the value starts
 * @param length how many bytes it has
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody: a slice is looked at, not looked up.
public record Json(byte[] bytes, int offset, int length) {
    private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();
    private static final HexFormat HEX = HexFormat.of();

    /** The value {@code null}. */
    public static final Json NULL = of("null");

    /** Takes {@code text}, which must be one valid JSON value, as it is. */
    public static Json of(String text) {
        return of(text.getBytes(UTF_8));
    }

    /** Takes {@code utf8}, which must be one valid JSON value, as it is and without copying. */
    public static Json of(byte[] utf8) {
        return new Json(utf8, 0, utf8.length);
    }

    /** A JSON string that reads as {@code text}, quoted and escaped; halves of surrogate pairs, too. */
    public static Json string(String text) {
        byte[] escaped = Utf8.canEncode(text) ? ESCAPES.quoteAsUTF8(text) : halvesEscaped(text);
        byte[] quoted = new byte[escaped.length + 2];
        quoted[0] = '"';
        System.arraycopy(escaped, 0, quoted, 1, escaped.length);
        quoted[quoted.length - 1] = '"';
        return of(quoted);
    }

    private static byte[] halvesEscaped(String text) {
        StringBuilder escaped = new StringBuilder();
        new String(ESCAPES.quoteAsString(text)).codePoints().forEach(character -> {
            if (Character.getType(character) == Character.SURROGATE) {
                escaped.append("\\u").append(HEX.toHexDigits((char) character));
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString().getBytes(UTF_8);
    }

    /** Whether the value is a string. */
    boolean isString() {
        return bytes[offset] == '"';
    }

    /** Whether the value, a string, has escapes. */
    boolean hasEscapes() {
        int at = offset;
        while (at < offset + length && bytes[at] != '\\') {
            at++;
        }
        return at < offset + length;
    }

    /** What the value, a string, reads as. */
    public String text() {
        String raw = new String(bytes, offset + 1, length - 2, UTF_8);
        return hasEscapes() ? unescaped(raw) : raw;
    }

    private static String unescaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int from = 0;
        for (int escape = raw.indexOf('\\'); escape >= 0; escape = raw.indexOf('\\', from)) {
            text.append(raw, from, escape);
            boolean isHex = raw.charAt(escape + 1) == 'u';
            from = escape + (isHex ? 6 : 2);
            text.append(
                    isHex ? (char) HexFormat.fromHexDigits(raw, escape + 2, from) : meaning(raw.charAt(escape + 1)));
        }
        return text.append(raw, from, raw.length()).toString();
    }

    private static char meaning(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    /** The value as JSON text. */
    @Override
    public String toString() {
        return new String(bytes, offset, length, UTF_8);
    }
}
