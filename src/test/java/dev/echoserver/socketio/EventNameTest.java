package dev.echoserver.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventNameTest {

    @Test
    void isAStringUnescaped() {
        assertThat(EventName.of(Json.of("\"client event\""))).contains("client event");
        assertThat(EventName.of(Json.of("\"\\u00e9\\\"\\n\""))).contains("é\"\n");
        assertThat(EventName.of(Json.of("\"\""))).contains("");
    }

    @Test
    void mayBeANumberAsItIsWritten() {
        assertThat(EventName.of(Json.of("12"))).contains("12");
        assertThat(EventName.of(Json.of("-1.50"))).contains("-1.50");
    }

    @Test
    void isFoundInTheMiddleOfOtherBytes() {
        assertThat(EventName.of(new Json("[\"a\",\"b\"]".getBytes(UTF_8), 5, 3)))
                .contains("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "false", "{}", "[\"a\"]"})
    void isNothingElse(String json) {
        assertThat(EventName.of(Json.of(json))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void isNotOneOfTheClientsOwn(String reserved) {
        assertThat(EventName.of(Json.string(reserved))).isEmpty();
        assertThat(EventName.of(Json.string(reserved + " "))).isPresent();
    }

    @Test
    void isNotOneOfTheClientsOwnSpelledOtherwise() {
        assertThat(EventName.of(Json.of("\"\\u0063onnect\""))).isEmpty();
    }
}
