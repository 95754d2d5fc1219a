package dev.echoserver.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1|1",
                "\"1\"|1",
                "1.0|1",
                "-7|-7",
                "9007199254740993|9007199254740993",
                "123456789012345678901234567890|123456789012345678901234567890",
                "1.5|1.5",
                "\"\\u00e9 \\ud83d\\ude00\"|\u00e9 \ud83d\ude00"
            })
    void isToldByTheTextOfItsId(String id, String text) {
        assertThat(Member.of(Json.of("{\"user_id\":" + id + "}"))).get().returns(text, Member::userId);
    }

    @Test
    void mayHaveAnEmptyId() {
        assertThat(Member.of(Json.of("{\"user_id\":\"\"}"))).get().returns("", Member::userId);
    }

    @Test
    void keepsItsJsonAsItCame() {
        String json = "{ \"user_info\":{\"big\":9007199254740993,\"s\":\"\\u00e9\\/\"},\"user_id\":1.0 }";

        assertThat(Member.of(Json.of(json))).get().extracting(Member::json).hasToString(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "1",
                "\"user_id\"",
                "{\"user_id\":null}",
                "{\"user_id\":true}",
                "{\"user_id\":[1]}"
            })
    void isNobodyWithoutAnId(String json) {
        assertThat(Member.of(Json.of(json))).isEmpty();
    }

    /** Source: laravel-echo-server 1.6.3 compares with {@code ==}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|{\"user_id\":null}|true",
                "{}|{\"user_info\":1}|true",
                "{\"user_id\":true}|{\"user_id\":1}|true",
                "{\"user_id\":false}|{\"user_id\":0}|true",
                "{\"user_id\":7}|{\"user_id\":\"7\"}|true",
                "{}|{\"user_id\":\"\"}|false",
                "{}|{\"user_id\":false}|false",
                "{}|{\"user_id\":\"null\"}|false",
                "{\"user_id\":true}|{\"user_id\":false}|false"
            })
    void isTheSameUserAsInLaravelEchoServer(String one, String other, boolean isSame) {
        String id = Member.ofAny(Json.of(one)).orElseThrow().userId();
        assertThat(Member.ofAny(Json.of(other)).orElseThrow().userId().equals(id))
                .isEqualTo(isSame);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"user_id\"", "true"})
    void isAnObjectAlways(String json) {
        assertThat(Member.ofAny(Json.of(json))).isEmpty();
    }
}
