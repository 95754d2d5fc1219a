package dev.echoserver.json;

import static dev.echoserver.json.Scans.reasonOf;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.json.DecodeFailure.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scanner takes for no envelope. */
final class EnvelopeRefusalTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "5",
                "null",
                "\"text\"",
                "hello",
                "[{\"event\":\"e\"}]",
                "{\"event\":\"e\"}x",
                "{\"event\":\"e\"}{}",
                "{\"event\":\"e\"} ,",
                "{\"event\":\"e\",}",
                "{'event':'e'}",
                "{event:\"e\"}",
                "{\"event\":\"e\",\"data\":}",
                "{\"event\":\"e\",\"data\":[1,]}",
                "{\"event\":\"e\",\"data\":01}",
                "{\"event\":\"e\",\"data\":1x}",
                "{\"event\":\"e\",\"data\":NaN}",
                "{\"event\":\"e\",\"data\":+1}",
                "{\"event\":\"e\",\"data\":.5}",
                "{\"event\":\"e\",\"data\":tru}",
                "{\"event\":\"e\",\"data\":\"\\x\"}",
                "{\"event\":\"e\",\"data\":\"\\u12g4\"}",
                "{\"event\":\"e\",\"data\":\"\n\"}",
                "{\"event\":\"e\",\"data\":\"\u0000\"}",
                "{\"event\":\"e\"/*c*/}",
                "{\"event\":\"e\",\"data\":{1:2}}",
                "\ufeff{\"event\":\"e\"}"
            })
    void ofWhatIsNotOneJsonObject(String payload) {
        assertThat(reasonOf(payload)).isEqualTo(Reason.NOT_JSON);
    }

    @Test
    void ofOtherEncodings() {
        String envelope = "{\"event\":\"e\",\"data\":1}";

        assertThat(reasonOf(envelope.getBytes(UTF_16LE))).isEqualTo(Reason.NOT_JSON);
        assertThat(reasonOf(envelope.getBytes(UTF_16BE))).isEqualTo(Reason.NOT_JSON);
        assertThat(reasonOf((" " + envelope).getBytes(UTF_16LE))).isEqualTo(Reason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":1}",
                "{\"event\":null}",
                "{\"event\":\"\"}",
                "{\"event\":5}",
                "{\"event\":{}}",
                "{\"event\":{\"channel\":\"presence-r:members\",\"members\":[]}}",
                "{\"event\":[\"e\"]}"
            })
    void ofWhatHasNoEvent(String payload) {
        assertThat(reasonOf(payload)).isEqualTo(Reason.NO_EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect",
                "connect_error",
                "disconnect",
                "disconnecting",
                "newListener",
                "removeListener",
                "\\u0063onnect"
            })
    void ofEventsThatBelongToTheClient(String event) {
        assertThat(reasonOf("{\"event\":\"" + event + "\",\"data\":1}")).isEqualTo(Reason.RESERVED_EVENT);
    }

    @ParameterizedTest
    @CsvSource({"c3", "ff", "c0af", "eda080", "f4908080", "e282", "80", "f0808080"})
    void ofBytesThatABrowserWouldNotTake(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);
        for (String around : new String[] {"{\"event\":\"e\",\"data\":\"%\"}", "{\"event\":\"e\",\"x\":\"%\"}"}) {
            assertThat(reasonOf(around(around, bad))).isEqualTo(Reason.INVALID_UTF8);
        }
    }

    @Test
    void ofEnvelopesDeeperThanTheLimitOnly() {
        assertThat(EnvelopeScanner.scan(nested(EnvelopeScanner.MAX_DEPTH))).isInstanceOf(Envelope.class);
        assertThat(reasonOf(nested(EnvelopeScanner.MAX_DEPTH + 1))).isEqualTo(Reason.TOO_DEEP);
    }

    private static byte[] around(String pattern, byte[] middle) {
        byte[] before = pattern.substring(0, pattern.indexOf('%')).getBytes(UTF_8);
        byte[] after = pattern.substring(pattern.indexOf('%') + 1).getBytes(UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + middle.length + after.length);
        System.arraycopy(middle, 0, all, before.length, middle.length);
        System.arraycopy(after, 0, all, before.length + middle.length, after.length);
        return all;
    }

    private static byte[] nested(int depth) {
        String data = "[".repeat(depth - 1) + "]".repeat(depth - 1);
        return ("{\"event\":\"e\",\"data\":" + data + "}").getBytes(UTF_8);
    }
}
