package dev.echoserver.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTreeTest {

    @Test
    void readsOneValue() {
        assertThat(JsonTree.read(Json.of("{\"a\":[1,\"\u00e9\"]}")))
                .hasValueSatisfying(tree -> assertThat(tree.toString()).isEqualTo("{\"a\":[1,\"\u00e9\"]}"));
        assertThat(JsonTree.read(new Json("[7]".getBytes(UTF_8), 1, 1)))
                .hasValueSatisfying(tree -> assertThat(tree.intValue()).isEqualTo(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00000", "0\u0000", "\u0000\u0000\u00000", "0\u0000\u0000\u0000", "{", "tru"})
    void readsNothingInAnotherEncodingAndNothingMalformed(String text) {
        assertThat(JsonTree.read(Json.of(text))).isEmpty();
    }
}
