package dev.echoserver.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/** Tells UTF-8 from what only looks like it. */
public final class Utf8 {
    private static final int CHARS_AT_ONCE = 8 * 1024;

    private Utf8() {}

    /** Whether {@code bytes} are strict UTF-8: no overlong forms, no encoded surrogates, nothing cut short. */
    public static boolean isValid(byte[] bytes) {
        return isAscii(bytes) || decodes(bytes);
    }

    private static boolean isAscii(byte[] bytes) {
        int all = 0;
        for (byte each : bytes) {
            all |= each; // Without an early exit the loop is vectorized.
        }
        return all >= 0;
    }

    private static boolean decodes(byte[] bytes) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(Math.min(bytes.length, CHARS_AT_ONCE));
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        return !result.isError();
    }
}
