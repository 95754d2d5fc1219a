package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * What an application says to a question, and how it ends.
 *
 * @param mayGrant whether a client may be let in for it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record HostileAnswer(byte[] bytes, Ending ending, boolean mayGrant) {

    /** What follows the bytes. */
    enum Ending {
        /** The next answer. */
        KEPT,
        /** The end of the connection. */
        CLOSED,
        /** Nothing, until the server gives up. */
        SILENT,
        /** The bytes themselves come one by one, a few a second. */
        DRIPPING,
        /** The last of the bytes again and again, without end. */
        ENDLESS
    }

    /** Of bytes that are given as Latin 1. */
    static HostileAnswer of(String latin1, Ending ending, boolean mayGrant) {
        return new HostileAnswer(latin1.getBytes(ISO_8859_1), ending, mayGrant);
    }

    /** Its first bytes, and how it ends. */
    @Override
    public String toString() {
        return new String(bytes, 0, Math.min(bytes.length, 300), ISO_8859_1) + " " + ending;
    }
}
