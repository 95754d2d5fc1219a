package dev.echoserver.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PacketDecoderTest {
    private static final int MAX_DEPTH = 64;
    private static final String SAMPLE =
            "52-/admin,12[\"client event\",{\"channel\":\"private-é中😀\",\"data\":{\"_placeholder\":true,\"num\":0}},"
                    + "{\"_placeholder\":true,\"num\":1},-1.5e3,[true,null,\"\\u00e9\\\"\"]]";

    private final JsonElements json = new JsonElements(MAX_DEPTH);

    private Optional<Packet> decode(String text) {
        return PacketDecoder.decode(json, text);
    }

    /** {@code <type> <namespace> <id> <attachments> <arguments>}. */
    private String read(String text) {
        return decode(text)
                .map(packet -> packet.type() + " " + packet.namespace() + " "
                        + (packet.id().isPresent() ? packet.id().getAsLong() : "-") + " " + packet.attachments()
                        + packet.arguments().stream().map(Json::toString).collect(Collectors.joining(" | ", " ", "")))
                .map(String::strip)
                .orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "0                             ! CONNECT / - 0",
                "0{}                           ! CONNECT / - 0 {}",
                "0{\"token\":\"a\"}            ! CONNECT / - 0 {\"token\":\"a\"}",
                "0/admin                       ! CONNECT /admin - 0",
                "0/admin,                      ! CONNECT /admin - 0",
                "0/admin?a=b&c,                ! CONNECT /admin?a=b&c - 0",
                "0/admin,{\"a\":{\"b\":[]}}    ! CONNECT /admin - 0 {\"a\":{\"b\":[]}}",
                "1                             ! DISCONNECT / - 0",
                "1/admin,                      ! DISCONNECT /admin - 0",
                "1/admin                       ! DISCONNECT /admin - 0",
                "2[\"a\"]                      ! EVENT / - 0 \"a\"",
                "2[\"a\",1,{\"b\":[2]},null]   ! EVENT / - 0 \"a\" | 1 | {\"b\":[2]} | null",
                "2[ \"a\" , [ 1 ] ]            ! EVENT / - 0 \"a\" | [ 1 ]",
                "27[\"a\"]                     ! EVENT / 7 0 \"a\"",
                "20[\"a\"]                     ! EVENT / 0 0 \"a\"",
                "2999999999999999[\"a\"]       ! EVENT / 999999999999999 0 \"a\"",
                "2/admin,[\"a\"]               ! EVENT /admin - 0 \"a\"",
                "2/admin,12[\"a\"]             ! EVENT /admin 12 0 \"a\"",
                "2/,12[\"a\"]                  ! EVENT / 12 0 \"a\"",
                "2[1]                          ! EVENT / - 0 1",
                "2[-1,2]                       ! EVENT / - 0 -1 | 2",
                "3[]                           ! ACK / - 0",
                "312[1,\"b\"]                  ! ACK / 12 0 1 | \"b\"",
                "3/admin,12[{}]                ! ACK /admin 12 0 {}",
                "50-[\"a\"]                    ! BINARY_EVENT / - 0 \"a\"",
                "51-[\"a\",{\"_placeholder\":true,\"num\":0}] ! BINARY_EVENT / - 1 \"a\" | {\"_placeholder\":true,\"num\":0}",
                "510-/admin,3[\"a\"]           ! BINARY_EVENT /admin 3 10 \"a\"",
                "61-/admin,3[\"a\"]            ! BINARY_ACK /admin 3 1 \"a\""
            })
    void reads(String text, String expected) {
        assertThat(read(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "a[\"b\"]",
                "\u0662[\"a\"]",
                "0[]",
                "0\"a\"",
                "0null",
                "0{",
                "0{}x",
                "0/admin,[]",
                "1{}",
                "1[]",
                "1x",
                "2",
                "2[]",
                "2{}",
                "2\"a\"",
                "2null",
                "2[\"a\"",
                "2[\"a\",]",
                "2[,]",
                "2[\"a\"]]",
                "2[\"a\"]x",
                "2[\"a\" 1]",
                "2['a']",
                "2[a]",
                "2[\"a]",
                "2[\"a\nb\"]",
                "2[\"a\",01]",
                "2[\"a\",NaN]",
                "2[\"a\",1.]",
                "2[\"a\",tru]",
                "2[\"a\",\"\\x\"]",
                "2[null]",
                "2[true]",
                "2[{}]",
                "2[[\"a\"]]",
                "2-1[\"a\"]",
                "21-[\"a\"]",
                "21000000000000000[\"a\"]",
                "2/admin[\"a\"]",
                "3",
                "312",
                "3{}",
                "3\"a\"",
                "4",
                "4\"error\"",
                "4{\"message\":\"a\"}",
                "5[\"a\"]",
                "51[\"a\"]",
                "5-[\"a\"]",
                "5",
                "51",
                "51-",
                "511-[\"a\"]",
                "599-[\"a\"]",
                "5100-[\"a\"]",
                "5001-[\"a\"]",
                "5-1-[\"a\"]",
                "51.5-[\"a\"]",
                "6[]",
                "61-"
            })
    void readsNothingThatIsMalformed(String text) {
        assertThat(read(text)).isEqualTo("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void readsNoEventOfAReservedName(String name) {
        assertThat(read("2[\"" + name + "\",1]")).isEqualTo("nothing");
        assertThat(read("2/admin,1[\"" + name + "\"]")).isEqualTo("nothing");
        assertThat(read("51-[\"" + name + "\"]")).isEqualTo("nothing");
        assertThat(read("2[\"\\u00" + Integer.toHexString(name.charAt(0)) + name.substring(1) + "\"]"))
                .isEqualTo("nothing");
        assertThat(read("3[\"" + name + "\"]")).isEqualTo("ACK / - 0 \"" + name + "\"");
    }

    @Nested
    final class Nesting {
        @Test
        void isReadUpToTheLimit() {
            assertThat(decode("2[\"a\"," + nested(MAX_DEPTH - 1) + "]")).isPresent();
            assertThat(decode("3" + nested(MAX_DEPTH))).isPresent();
            assertThat(decode("0{\"a\":" + nested(MAX_DEPTH - 1) + "}")).isPresent();
        }

        @Test
        void isNotReadBeyondIt() {
            assertThat(decode("2[\"a\"," + nested(MAX_DEPTH) + "]")).isEmpty();
            assertThat(decode("3" + nested(MAX_DEPTH + 1))).isEmpty();
            assertThat(decode("0{\"a\":" + nested(MAX_DEPTH) + "}")).isEmpty();
            assertThat(decode("2[\"a\"," + nested(500_000) + "]")).isEmpty();
        }

        private static String nested(int depth) {
            return "[".repeat(depth) + "]".repeat(depth);
        }
    }

    @Nested
    final class WhateverIsDamaged {
        @Test
        void isReadWhole() {
            assertThat(decode(SAMPLE)).hasValueSatisfying(packet -> {
                assertThat(packet.id()).isEqualTo(OptionalLong.of(12));
                assertThat(packet.arguments()).hasSize(5);
                assertThat(packet.arguments().get(4)).hasToString("[true,null,\"\\u00e9\\\"\"]");
            });
        }

        @Test
        void isNothingWhenCutAnywhere() {
            for (int length = 0; length < SAMPLE.length(); length++) {
                assertThat(decode(SAMPLE.substring(0, length)))
                        .as("cut at %s", length)
                        .isEmpty();
            }
        }

        @Test
        void neverThrows() {
            RandomGenerator random = new Random(20_000);
            for (int i = 0; i < 20_000; i++) {
                String mutated = mutated(random);
                assertThatCode(() -> decode(mutated)).as(mutated).doesNotThrowAnyException();
            }
        }

        private static String mutated(RandomGenerator random) {
            StringBuilder text = new StringBuilder(SAMPLE);
            for (int changes = random.nextInt(1, 5); changes > 0 && !text.isEmpty(); changes--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, text.charAt(random.nextInt(text.length())));
                    case 2 -> text.setCharAt(at, (char) random.nextInt(Character.MAX_VALUE + 1));
                    default -> text.setLength(at);
                }
            }
            return text.toString();
        }
    }

    @Test
    void keepsValuesAsTheyWereWritten() {
        List<Json> arguments = decode(
                        "2[\"a\",1.0e+2,12345678901234567890123,\"\\u00e9\\/\",{\"b\":1,\"a\":1,\"b\":2}]")
                .orElseThrow()
                .arguments();

        assertThat(arguments)
                .map(Json::toString)
                .containsExactly(
                        "\"a\"", "1.0e+2", "12345678901234567890123", "\"\\u00e9\\/\"", "{\"b\":1,\"a\":1,\"b\":2}");
    }
}
