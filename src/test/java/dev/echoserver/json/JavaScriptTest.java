package dev.echoserver.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected texts are what {@code String(…)} and {@code Boolean(…)} give in Node. */
final class JavaScriptTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|7",
                "-7|-7",
                "7.0|7",
                "1e3|1000",
                "1.50|1.5",
                "0.000001|0.000001",
                "-0.25|-0.25",
                "123456789012345678|123456789012345678",
                "true|true",
                "false|false",
                "\"text\"|text"
            })
    void takesAValueForItsText(String json, String text) {
        assertThat(JavaScript.text(JsonTree.read(Json.of(json)).orElseThrow())).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[1]", "{}", "1.5e-9", "1e400", "1e21", "123456789012345678901234567890"})
    void takesNothingElseForText(String json) {
        assertThat(JsonTree.read(Json.of(json)).flatMap(JavaScript::text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null|true",
                "0|true",
                "-0.0|true",
                "\"\"|true",
                "false|true",
                "\"0\"|false",
                "[]|false",
                "{}|false"
            })
    void takesSomeValuesForNothing(String json, boolean isFalsy) {
        assertThat(JavaScript.isFalsy(JsonTree.read(Json.of(json)).orElseThrow()))
                .isEqualTo(isFalsy);
    }
}
