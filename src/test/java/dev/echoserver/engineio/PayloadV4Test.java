package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadV4Test {
    private static final String ALL_WIDTHS = "4abcé中😀";

    private final PayloadFixture payload = new PayloadFixture(Protocol.V4);

    @Test
    void separatesPacketsByOneCharacter() {
        PayloadFixture.Encoded body = payload.encode(true, ALL_WIDTHS, "2", "6");

        assertThat(body.text()).isEqualTo(ALL_WIDTHS + "\u001e2\u001e6");
        assertThat(body.contentType()).isEqualTo("text/plain; charset=UTF-8");
    }

    @Test
    void carriesBinaryMessagesInBase64Always() {
        assertThat(payload.encode(true, "4a", "#010203", "#").text()).isEqualTo("4a\u001ebAQID\u001eb");
        assertThat(payload.encode(false, "#fbff").text()).isEqualTo("b+/8=");
    }

    @Test
    void isTheSameHoweverThePacketsAreSpreadOverBuffers() {
        assertThat(payload.encodeJoined(true, "4a", "#0102", ALL_WIDTHS).text())
                .isEqualTo(payload.encode(true, "4a", "#0102", ALL_WIDTHS).text());
    }

    @Test
    void comesBackAsItWent() {
        String body = payload.encode(true, ALL_WIDTHS, "3probe", "#00ff04", "4", "4" + "€".repeat(70_000))
                .text();

        assertThat(payload.decode(body))
                .hasValueSatisfying(packets -> assertThat(packets)
                        .containsExactly(ALL_WIDTHS, "3probe", "#00ff04", "4", "4" + "€".repeat(70_000)));
    }

    @Test
    void isOnePacketWithoutASeparator() {
        assertThat(payload.decode("4a"))
                .hasValueSatisfying(packets -> assertThat(packets).containsExactly("4a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u001e", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b", "4a\u001e7", "bA\u001e4a", "x"})
    void isNothingIfMalformed(String body) {
        assertThat(payload.decode(body)).isEmpty();
    }

    @Test
    void hasNoBinaryForm() {
        assertThat(payload.decode(new byte[] {0, 1, (byte) 255, '4'})).isEmpty();
    }
}
