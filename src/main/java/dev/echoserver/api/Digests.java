package dev.echoserver.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests, and comparisons of what nobody may guess. */
final class Digests {
    private Digests() {}

    /** Whether both are the same. How long it takes tells nothing about the one from the other, nor about its length. */
    static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(of("SHA-256", one.getBytes(UTF_8)), of("SHA-256", other.getBytes(UTF_8)));
    }

    static byte[] of(String algorithm, byte[] input) {
        try {
            return MessageDigest.getInstance(algorithm).digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("algorithm: " + algorithm + " (expected: one that every JDK has)", e);
        }
    }
}
