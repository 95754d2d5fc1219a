package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadV3Test {
    private static final String ALL_WIDTHS = "4abcé中😀"; // 1, 2, 3 and 4 bytes; 1, 1, 1 and 2 UTF-16 code units.

    private final PayloadFixture payload = new PayloadFixture(Protocol.V3);

    @Nested
    final class TextPayload {
        @Test
        void countsUtf16CodeUnits() {
            assertThat(payload.encode(true, ALL_WIDTHS, "2").text()).isEqualTo("8:" + ALL_WIDTHS + "1:2");
        }

        @Test
        void carriesBinaryMessagesInBase64() {
            PayloadFixture.Encoded body = payload.encode(false, "4a", "#010203", "#");

            assertThat(body.text()).isEqualTo("2:4a6:b4AQID2:b4");
            assertThat(body.contentType()).isEqualTo("text/plain; charset=UTF-8");
        }

        @Test
        void isTheSameHoweverThePacketsAreSpreadOverBuffers() {
            assertThat(payload.encodeJoined(false, "4a", "#0102", ALL_WIDTHS).text())
                    .isEqualTo(payload.encode(false, "4a", "#0102", ALL_WIDTHS).text());
        }

        @Test
        void comesBackAsItWent() {
            String body = payload.encode(false, ALL_WIDTHS, "3probe", "#00ff04", "4", "4" + "€".repeat(70_000))
                    .text();

            assertThat(payload.decode(body))
                    .hasValueSatisfying(packets -> assertThat(packets)
                            .containsExactly(ALL_WIDTHS, "3probe", "#00ff04", "4", "4" + "€".repeat(70_000)));
        }

        @Test
        void takesLeadingZerosAndColonsInData() {
            assertThat(payload.decode("003:4:11:2"))
                    .hasValueSatisfying(packets -> assertThat(packets).containsExactly("4:1", "2"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "4a",
                    ":4a",
                    "2",
                    "2:",
                    "2:4",
                    "0:",
                    "1:7",
                    "-2:4a",
                    "+2:4a",
                    " 2:4a",
                    "2 :4a",
                    "0x2:4a",
                    "\u0662:4a",
                    "2:4ax",
                    "2:4a3:4a",
                    "2147483647:4a",
                    "4294967298:4a",
                    "99999999999999999999:4a",
                    "4:b4A!",
                    "3:b5A",
                    "9:4abcé中😀"
                })
        void isNothingIfMalformed(String body) {
            assertThat(payload.decode(body)).isEmpty();
        }
    }

    @Nested
    final class BinaryPayload {
        @Test
        void isUsedOnlyWhereThereAreBytesToCarry() {
            assertThat(payload.encode(true, "4a").contentType()).isEqualTo("text/plain; charset=UTF-8");
            assertThat(payload.encode(true, "4a", "#01").contentType()).isEqualTo("application/octet-stream");
            assertThat(payload.encodeJoined(true, "4a", "#01").contentType()).isEqualTo("application/octet-stream");
        }

        @Test
        void countsBytes() {
            assertThat(payload.encode(true, "4é", "#0102").hex())
                    .isEqualTo("00" + "03" + "ff" + "34c3a9" + "01" + "03" + "ff" + "040102");
        }

        @Test
        void writesLongLengthsDigitByDigit() {
            assertThat(payload.encode(true, "#" + "00".repeat(1204)).hex())
                    .startsWith("01" + "01020005" + "ff" + "0400");
        }

        @Test
        void comesBackAsItWent() {
            byte[] body = payload.encode(true, ALL_WIDTHS, "#00ff04", "2", "#", "4" + "€".repeat(70_000))
                    .bytes();

            assertThat(payload.decode(body))
                    .hasValueSatisfying(packets -> assertThat(packets)
                            .containsExactly(ALL_WIDTHS, "#00ff04", "2", "#", "4" + "€".repeat(70_000)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "00",
                    "0001",
                    "0001ff",
                    "00ff34",
                    "0000ff",
                    "000aff34",
                    "00fe34",
                    "0002ff34",
                    "0001ff3400",
                    "0001ff37",
                    "0002ff34ff",
                    "0101ff34",
                    "0101ff00",
                    "0100ff",
                    "00000000000000000000ff34",
                    "0009090909090909090909ff34",
                    "0004020904090607020907ff34",
                    "00090909090909090909ff34"
                })
        void isNothingIfMalformed(String hex) {
            assertThat(payload.decode(ByteBufUtil.decodeHexDump(hex))).isEmpty();
        }
    }
}
