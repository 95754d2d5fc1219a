package dev.echoserver.json;

/** Tells UTF-8 from what only looks like it. */
public final class Utf8 {
    private Utf8() {}

    /** Whether {@code bytes} are strict UTF-8: no overlong forms, no encoded surrogates, nothing cut short. */
    public static boolean isValid(byte[] bytes) {
        if (isAscii(bytes)) {
            return true;
        }
        int at = 0;
        while (at < bytes.length && at != JsonTokens.NONE) {
            at = bytes[at] < 0 ? afterCharacters(bytes, at) : at + 1;
        }
        return at == bytes.length;
    }

    /** Whether {@code text} has a form in UTF-8, which half of a surrogate pair has not. */
    public static boolean canEncode(String text) {
        int at = 0;
        while (at < text.length() && Character.getType(text.codePointAt(at)) != Character.SURROGATE) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at >= text.length();
    }

    private static boolean isAscii(byte[] bytes) {
        int all = 0;
        for (byte each : bytes) {
            all |= each; // Without an early exit the loop is vectorized.
        }
        return all >= 0;
    }

    /**
     * The position behind the characters at {@code from} that are not ASCII; {@link JsonTokens#NONE} if one of them is no
     * strict UTF-8.
     *
     * <p>Source: RFC 3629, section 4.
     */
    static int afterCharacters(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] < 0) {
            int length = length(bytes, at);
            if (length == 0) {
                return JsonTokens.NONE;
            }
            at += length;
        }
        return at;
    }

    /** Of the character of two to four bytes at {@code at}; zero if it is none. */
    private static int length(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first < 0xE0) {
            return first >= 0xC2 && isNext(bytes, at + 1) ? 2 : 0;
        }
        if (!isNext(bytes, at + 1) || !isNext(bytes, at + 2) || !isSecond(first, bytes[at + 1] & 0xFF)) {
            return 0;
        }
        if (first < 0xF0) {
            return 3;
        }
        return first <= 0xF4 && isNext(bytes, at + 3) ? 4 : 0;
    }

    private static boolean isNext(byte[] bytes, int at) {
        return at < bytes.length && bytes[at] < (byte) 0xC0;
    }

    /** Whether {@code second} behind {@code first} keeps clear of overlong forms, surrogates and what is beyond Unicode. */
    private static boolean isSecond(int first, int second) {
        return switch (first) {
            case 0xE0 -> second >= 0xA0;
            case 0xED -> second < 0xA0;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90;
            default -> true;
        };
    }
}
