package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Breaks one or two things in what is sound. One thread. */
record Damage(Dice dice) {
    private static final List<String> PIECES = List.of(
            "\0",
            "\r\n",
            "\n",
            "\r\n\r\n",
            "\u00ff",
            "\u00c0\u00af",
            "\u00ed\u00a0\u0080",
            "\u00f0\u009f\u0098",
            "\u001e",
            "\u001b[2J",
            "{",
            "[[[[",
            "\"",
            "\\",
            "\\ud800",
            "%00",
            "%zz",
            "-1",
            "99999999999999999999",
            "${jndi:x}",
            "%s%n{}",
            " ",
            ":",
            ",");

    /** A copy of {@code sound} with one or two faults. */
    byte[] of(byte[] sound) {
        byte[] once = broken(sound);
        return dice.hits(40) ? broken(once) : once;
    }

    private byte[] broken(byte[] sound) {
        int at = dice.below(sound.length + 1);
        int end = at + dice.below(Math.min(16, sound.length - at) + 1);
        return switch (dice.below(6)) {
            case 0 -> joined(sound, at, new byte[0], sound.length); // The end is missing.
            case 1 -> joined(sound, at, new byte[0], end); // A part is missing.
            case 2 -> joined(sound, end, new byte[0], at); // A part comes twice.
            case 3 -> joined(sound, at, dice.bytes(1 + dice.below(4)), end);
            case 4 -> joined(sound, at, dice.one(PIECES).getBytes(ISO_8859_1), at);
            default -> joined(sound, at, dice.one(PIECES).getBytes(ISO_8859_1), end);
        };
    }

    /** Its first bytes up to {@code head}, {@code piece}, and what begins at {@code tail}. */
    private static byte[] joined(byte[] sound, int head, byte[] piece, int tail) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(sound, 0, head);
        all.writeBytes(piece);
        all.write(sound, tail, sound.length - tail);
        return all.toByteArray();
    }
}
