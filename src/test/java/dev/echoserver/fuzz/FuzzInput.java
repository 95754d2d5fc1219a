package dev.echoserver.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The bytes of a fuzzer, taken apart from the front. There is always more: behind the end are zeros and empty texts. */
public final class FuzzInput {
    private final byte[] bytes;
    private int at;

    public FuzzInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One byte, as a number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return at < bytes.length ? (bytes[at++] & 0xFF) % bound : 0;
    }

    public boolean hasMore() {
        return at < bytes.length;
    }

    /** The bytes to the next line feed, which is left out. */
    public byte[] line() {
        int from = at;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return Arrays.copyOfRange(bytes, from, at < bytes.length ? at++ : at);
    }

    /** As {@link #line}, what is no UTF-8 replaced. */
    public String textLine() {
        return new String(line(), UTF_8);
    }

    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }

    /** As {@link #rest}, what is no UTF-8 replaced. */
    public String textRest() {
        return new String(rest(), UTF_8);
    }

    /** {@code whole} cut at places that follow from {@code seed}: small pieces or large ones. */
    public static List<byte[]> pieces(byte[] whole, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int largest = 1 << random.nextInt(8);
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < whole.length; ) {
            int to = Math.min(whole.length, from + 1 + random.nextInt(largest));
            pieces.add(Arrays.copyOfRange(whole, from, to));
            from = to;
        }
        return pieces;
    }
}
