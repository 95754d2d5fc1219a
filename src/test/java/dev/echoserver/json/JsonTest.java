package dev.echoserver.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "\"\\/",
                "\u0000\n\u007f",
                "gr\u00fc\u00dfe",
                "\ud83d\ude00",
                "\ud800",
                "\udc00\ud800",
                "a\ud83d\"b"
            })
    void makesAStringOfAnyTextThatReadsAsThatText(String text) {
        Json string = Json.string(text);

        assertThat(Utf8.isValid(string.bytes())).isTrue();
        assertThat(string.text()).isEqualTo(text);
        assertThat(JsonTree.read(string).orElseThrow().textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"a, true", "\ud83d\ude00, true", "\ud800, false", "a\udc00, false", "\ud83d\ud83d\ude00, false"})
    void knowsWhatHasAFormInUtf8(String text, boolean has) {
        assertThat(Utf8.canEncode(text)).isEqualTo(has);
    }
}
