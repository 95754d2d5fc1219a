package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.PayloadFixture.Encoded;
import java.util.List;
import java.util.Optional;

/** Polling bodies: what is read out of one is written and read again, and is never more than came. */
public final class PayloadFuzz {
    private PayloadFuzz() {}

    public static void fuzzerTestOneInput(byte[] body) {
        for (Protocol protocol : Protocol.values()) {
            PayloadFixture payload = new PayloadFixture(protocol);
            String text = new String(body, UTF_8);
            payload.decode(text).ifPresent(packets -> check(payload, packets, text.length()));
            payload.decode(body).ifPresent(packets -> check(payload, packets, body.length));
        }
    }

    private static void check(PayloadFixture payload, List<String> packets, int length) {
        List<String> whole = packets.stream().map(PayloadFuzz::withoutHalfPairs).toList();
        String[] again = whole.toArray(String[]::new);
        assertThat(packets.stream()
                        .mapToInt(packet -> bytesOrCharacters(packet))
                        .sum())
                .isLessThanOrEqualTo(length);
        assertThat(decoded(payload, payload.encode(true, again))).contains(whole);
        assertThat(decoded(payload, payload.encodeJoined(false, again))).contains(whole);
    }

    /** In revision 3 a length may cut a character of two code units in halves, which UTF-8 cannot write. */
    private static String withoutHalfPairs(String packet) {
        return new String(packet.getBytes(UTF_8), UTF_8);
    }

    private static int bytesOrCharacters(String packet) {
        return packet.startsWith("#") ? packet.length() / 2 : packet.length();
    }

    private static Optional<List<String>> decoded(PayloadFixture payload, Encoded encoded) {
        return encoded.contentType().startsWith("text")
                ? payload.decode(encoded.text())
                : payload.decode(encoded.bytes());
    }
}
