package dev.echoserver.cli;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids and keys that nobody can guess. */
final class RandomHex {
    private RandomHex() {}

    /** Two digits for each of {@code number} bytes. */
    static String ofBytes(int number) {
        byte[] random = new byte[number];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
