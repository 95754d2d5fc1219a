package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Something hostile, as it is sent.
 *
 * @param mayEnd whether the server may close the connection for it, or take what follows for a part of it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Input(byte[] bytes, boolean mayEnd) {

    /** After which the connection goes on; {@code latin1} has a character for each byte. */
    static Input harmless(String latin1) {
        return new Input(latin1.getBytes(ISO_8859_1), false);
    }

    /** After which nothing more can be sent; {@code latin1} has a character for each byte. */
    static Input fatal(String latin1) {
        return new Input(latin1.getBytes(ISO_8859_1), true);
    }
}
