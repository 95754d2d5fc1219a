package dev.echoserver.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Laravel's envelope: the scanner finds what a widely used parser finds, and knows UTF-8 as the JDK does. */
public final class EnvelopeFuzz {
    private EnvelopeFuzz() {}

    public static void fuzzerTestOneInput(byte[] payload) {
        assertThat(Utf8.isValid(payload)).isEqualTo(isUtf8(payload));
        Scanned scanned = EnvelopeScanner.scan(payload);
        String expected = JacksonEnvelopes.read(payload);
        if (!expected.equals(JacksonEnvelopes.HALF_PAIR)) {
            assertThat(JacksonEnvelopes.inWords(scanned)).isEqualTo(expected);
        }
        if (scanned instanceof Envelope envelope) {
            assertThat(envelope.data().length()).isLessThanOrEqualTo(payload.length + Json.NULL.length());
        }
    }

    private static boolean isUtf8(byte[] payload) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
