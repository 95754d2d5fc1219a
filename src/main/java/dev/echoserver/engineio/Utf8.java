package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Strict UTF-8: what is malformed is refused, never replaced. */
final class Utf8 {
    private Utf8() {}

    static Optional<String> decode(byte[] bytes) {
        return decode(ByteBuffer.wrap(bytes));
    }

    static Optional<String> decode(ByteBuffer bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
