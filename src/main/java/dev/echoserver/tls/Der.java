package dev.echoserver.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.util.HexFormat;

/**
 * Puts the older forms of a private key into the one that Java reads, PKCS#8:
 * {@code SEQUENCE {INTEGER 0, SEQUENCE {algorithm, parameters}, OCTET STRING {key}}}.
 *
 * <p>Source: RFC 5208 (PKCS#8), RFC 8017 (RSA), RFC 5915 (EC).
 */
final class Der {
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA_WITHOUT_PARAMETERS = HexFormat.of().parseHex("06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Der() {}

    /** A key of {@code BEGIN RSA PRIVATE KEY}. */
    static byte[] pkcs8OfRsa(byte[] key) {
        return pkcs8(RSA_WITHOUT_PARAMETERS, key);
    }

    /**
     * A key of {@code BEGIN EC PRIVATE KEY}.
     *
     * @throws InvalidKeyException if it does not name its curve
     */
    static byte[] pkcs8OfEc(byte[] key) throws InvalidKeyException {
        return pkcs8(joined(EC, curve(key)), key);
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, joined(VERSION, element(SEQUENCE, algorithm), element(OCTET_STRING, key)));
    }

    /** {@code ECPrivateKey} is {@code SEQUENCE {INTEGER 1, OCTET STRING, [0] curve, …}}. */
    private static byte[] curve(byte[] key) throws InvalidKeyException {
        ByteBuffer der = ByteBuffer.wrap(key);
        try {
            der.get();
            length(der); // Now inside the sequence.
            while (der.hasRemaining()) {
                int tag = der.get() & 0xFF;
                byte[] content = new byte[length(der)];
                der.get(content);
                if (tag == PARAMETERS) {
                    return content;
                }
            }
        } catch (RuntimeException malformed) {
            throw new InvalidKeyException("not an EC private key", malformed);
        }
        throw new InvalidKeyException("the curve is not named");
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int bytes = first & 0x7F; bytes > 0; bytes--) {
            length = length << 8 | (der.get() & 0xFF);
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        der.writeBytes(lengthOf(content));
        der.writeBytes(content);
        return der.toByteArray();
    }

    /** As short as possible, else Java rejects it; keys are shorter than 64 KiB. */
    private static byte[] lengthOf(byte[] content) {
        byte high = (byte) (content.length >> 8);
        byte low = (byte) content.length;
        if (content.length < 0x80) {
            return new byte[] {low};
        }
        return content.length < 0x100 ? new byte[] {(byte) 0x81, low} : new byte[] {(byte) 0x82, high, low};
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
