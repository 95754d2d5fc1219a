package dev.echoserver.json;

import static dev.echoserver.json.Scans.MAX_BYTES;
import static dev.echoserver.json.Scans.envelope;
import static dev.echoserver.json.Scans.reasonOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.json.DecodeFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeScannerTest {
    @Nested
    final class WhatLaravelPublishes {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                5.1  | "App\\\\Events\\\\OrderShipped" | {"order":{"id":7,"total":"12.50"},"note":"a\\/b h\\u00e9llo"} |
                5.3  | "App\\\\Events\\\\OrderShipped" | {"order":{"id":7,"total":"12.50"}} | 8721326688377117157.1060247277604744611
                5.4  | "App\\\\Events\\\\OrderShipped" | {"order":{"id":7,"total":"12.50"},"socket":null} | 8721326688377117157.1060247277604744611
                6.11 | "order.shipped" | {"order":{"id":7},"socket":null} |
                6.13 | "App\\\\Events\\\\Nothing" | [] |
                """)
        void isReadAsItIsInEveryVersion(String version, String event, String data, String socket) throws IOException {
            Envelope envelope = envelope(wire("laravel-" + version + ".json"));

            assertThat(envelope.event()).hasToString(event);
            assertThat(envelope.data()).hasToString(data);
            assertThat(envelope.socket()).isEqualTo(Optional.ofNullable(socket));
        }

        @Test
        void carriesNotificationsWithoutTheSendersId() throws IOException {
            byte[] payload = wire("laravel-13.json");

            Envelope envelope = envelope(payload);

            assertThat(envelope.eventName())
                    .isEqualTo("Illuminate\\Notifications\\Events\\BroadcastNotificationCreated");
            assertThat(envelope.data().toString())
                    .endsWith("\"type\":\"App\\\\Notifications\\\\InvoicePaid\",\"socket\":null}");
            assertThat(envelope.socket()).contains("8412345678901234567.1234567890123456789");
        }
    }

    @Nested
    final class Parts {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1.5e-9",
                    "9007199254740993",
                    "123456789012345678901234567890",
                    "\"\"",
                    "\"text\"",
                    "\"h\\u00e9 \\/ \\ud83d\\ude00\"",
                    "\"\\ud800\"",
                    "\"h\u00e9\u2028\ud83d\ude00\"",
                    "[]",
                    "{}",
                    "[1,[2,{\"three\":3}]]",
                    "{\"b\":1,\"a\":2,\"b\":3}",
                    "{ \"a\" : [ 1 , 2 ] }",
                    "{\"socket\":5}",
                    "{\"socket\":null}",
                    "{\"deep\":{\"socket\":\"7.1\"}}",
                    "\"}],\\\"\\\\\""
                })
        void comeOutAsTheyWentIn(String data) {
            for (String shape : new String[] {
                "{\"event\":\"e\",\"data\":%s,\"socket\":\"7.1\"}",
                "{\"data\":%s,\"socket\":\"7.1\",\"event\":\"e\"}",
                " \n{ \"socket\" : \"7.1\" , \"event\" : \"e\" , \"data\" : %s \t} \r\n"
            }) {
                Envelope envelope = envelope(shape.replace("%s", data));

                assertThat(envelope.event()).hasToString("\"e\"");
                assertThat(envelope.data()).hasToString(data);
                assertThat(envelope.socket()).contains("7.1");
            }
        }

        @Test
        void areSlicesOfThePayload() {
            byte[] payload = "{\"event\":\"e\",\"data\":{\"n\":1},\"socket\":\"7.1\"}".getBytes(UTF_8);

            Envelope envelope = envelope(payload);

            assertThat(envelope.event().bytes()).isSameAs(payload);
            assertThat(envelope.data().bytes()).isSameAs(payload);
        }

        @Test
        void keepTheSpellingOfTheEventAndItsMeaning() {
            Envelope envelope = envelope("{\"event\":\"App\\\\E\\u00e9\\/\"}");

            assertThat(envelope.event()).hasToString("\"App\\\\E\\u00e9\\/\"");
            assertThat(envelope.eventName()).isEqualTo("App\\E\u00e9/");
        }

        @Test
        void dataIsNullIfAbsent() {
            assertThat(envelope("{\"event\":\"e\"}").data()).hasToString("null");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "\"\"", "5", "true", "{\"a\":\"b\"}", "[\"7.1\"]"})
        void socketIsAStringOrNobody(String socket) {
            assertThat(envelope("{\"event\":\"e\",\"socket\":" + socket + ",\"data\":1}")
                            .socket())
                    .isEmpty();
        }

        @Test
        void countWithTheirLastValueIfGivenTwice() {
            Envelope envelope = envelope("{\"event\":5,\"data\":{\"socket\":\"y\"},\"socket\":\"x\",\"event\":\"e\","
                    + "\"data\":{\"n\":1},\"socket\":\"y\"}");

            assertThat(envelope.event()).hasToString("\"e\"");
            assertThat(envelope.data()).hasToString("{\"n\":1}");
            assertThat(envelope.socket()).contains("y");
            assertThat(reasonOf("{\"event\":\"e\",\"event\":5}")).isEqualTo(Reason.NO_EVENT);
            assertThat(envelope("{\"event\":\"e\",\"socket\":\"x\",\"socket\":null}")
                            .socket())
                    .isEmpty();
        }

        @Test
        void ofOtherNamesAreIgnored() {
            Envelope envelope = envelope(
                    "{\"x\":{\"event\":\"no\"},\"event\":\"e\",\"y\":[{\"data\":1}],\"data\":2,\"z\":\"\\\"\"}");

            assertThat(envelope.eventName()).isEqualTo("e");
            assertThat(envelope.data()).hasToString("2");
        }
    }

    @Nested
    final class TheSendersId {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"socket":"7.1"}                     | {"socket":null}
                {"a":1,"socket":"7.1","b":[2]}       | {"a":1,"socket":null,"b":[2]}
                { "socket" : "7.1" }                 | { "socket" : null }
                {"socket":"7\\u002e1"}               | {"socket":null}
                {"\\u0073ocket":"7.1"}               | {"\\u0073ocket":null}
                {"socket":"7.2"}                     | {"socket":"7.2"}
                {"a":{"socket":"7.1"}}               | {"a":{"socket":"7.1"}}
                {"sockets":"7.1"}                    | {"sockets":"7.1"}
                {"socket":["7.1"]}                   | {"socket":["7.1"]}
                [{"socket":"7.1"}]                   | [{"socket":"7.1"}]
                """)
        void isTakenOutOfTheDataAndNothingElseIs(String data, String expected) {
            assertThat(envelope("{\"event\":\"e\",\"data\":" + data + ",\"socket\":\"7.1\"}")
                            .data())
                    .hasToString(expected);
            assertThat(envelope("{\"socket\":\"7.1\",\"data\":" + data + ",\"event\":\"e\"}")
                            .data())
                    .hasToString(expected);
        }

        @Test
        void staysIfItHasNotTheFormOfOne() {
            assertThat(envelope("{\"event\":\"e\",\"data\":{\"socket\":\"plug\"},\"socket\":\"plug\"}")
                            .data())
                    .hasToString("{\"socket\":\"plug\"}");
        }

        @Test
        void staysIfTheEnvelopeHasNone() {
            assertThat(envelope("{\"event\":\"e\",\"data\":{\"socket\":\"7.1\"},\"socket\":null}")
                            .data())
                    .hasToString("{\"socket\":\"7.1\"}");
        }
    }

    @Nested
    final class Size {

        @Test
        void isNoMatterUpToTheLimit() {
            String data = "\"" + "h\u00e9".repeat((MAX_BYTES - 100) / 3) + "\"";

            assertThat(envelope("{\"event\":\"e\",\"data\":" + data + "}")
                            .data()
                            .toString())
                    .isEqualTo(data);
        }

        @Test
        void ofNumbersAndNamesAndTheCountOfKeysIsNoMatterEither() {
            StringBuilder data =
                    new StringBuilder("{\"").append("k".repeat(100_000)).append("\":");
            data.append("7".repeat(100_000));
            for (int key = 0; key < 100_000; key++) {
                data.append(",\"key-").append(key).append("\":").append(key);
            }
            data.append('}');

            assertThat(envelope("{\"event\":\"e\",\"data\":" + data + "}")
                            .data()
                            .toString())
                    .isEqualTo(data.toString());
        }
    }

    @Nested
    final class Damage {
        private static final String SAMPLE =
                "{\"event\":\"App\\\\Events\\\\E\",\"data\":{\"h\u00e9\":[1,-2.5e3,true,null,"
                        + "\"\\ud83d\\ude00\"],\"socket\":\"12.34\"},\"socket\":\"12.34\",\"x\":{}}";

        @Test
        void anywhereBeforeTheEndIsNoticed() {
            byte[] whole = SAMPLE.getBytes(UTF_8);
            for (int length = 0; length < whole.length; length++) {
                assertThat(EnvelopeScanner.scan(Arrays.copyOf(whole, length)))
                        .as("first %d bytes", length)
                        .isInstanceOf(DecodeFailure.class);
            }
        }

        @Test
        void neverThrowsAndNeverBreaksTheSlices() {
            Random random = new Random(20_000);
            byte[] whole = SAMPLE.getBytes(UTF_8);
            for (int round = 0; round < 20_000; round++) {
                byte[] mutant = whole.clone();
                for (int change = random.nextInt(4); change >= 0; change--) {
                    mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
                }
                if (EnvelopeScanner.scan(mutant) instanceof Envelope envelope) {
                    String again = "{\"event\":" + envelope.event() + ",\"data\":" + envelope.data() + "}";
                    assertThat(EnvelopeScanner.scan(again.getBytes(UTF_8)))
                            .as(again)
                            .isInstanceOfSatisfying(
                                    Envelope.class,
                                    copy -> assertThat(copy.eventName()).isEqualTo(envelope.eventName()));
                }
            }
        }
    }

    private static byte[] wire(String file) throws IOException {
        try (InputStream in = EnvelopeScannerTest.class.getResourceAsStream("/wire/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        }
    }
}
