package dev.echoserver.laravel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.auth.Authorization;
import dev.echoserver.channel.Channel;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerTest {
    private static final Channel PRIVATE = Channel.of("private-a");
    private static final Channel PRESENCE = Channel.of("presence-a");

    private static int status(Channel channel, String body) {
        return Answer.of(channel, body).authorization() instanceof Authorization.Denied denied ? denied.status() : 200;
    }

    @Nested
    final class ForAPrivateChannel {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "true",
                    " true\n",
                    "\uFEFFtrue",
                    "1",
                    "0.5",
                    "\"0\"",
                    "{}",
                    "[]",
                    "{\"auth\":\"key:hmac\"}",
                    "{\"channel_data\":{\"user_id\":1}}"
                })
        void grants(String body) {
            assertThat(status(PRIVATE, body)).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<!DOCTYPE html><p>Log in", "OK", "{\"cut\":", "\u0000"})
        void grantsWithARemarkWhatIsNoJson(String body) {
            assertThat(Answer.of(PRIVATE, body)).isInstanceOfSatisfying(Outcome.Granted.class, granted -> {
                assertThat(granted.channelData()).isEmpty();
                assertThat(granted.remark()).contains(Trouble.NOT_JSON);
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"false", " false\r\n", "\uFEFFfalse", "null", "0", "0.0", "-0", "0e9", "\"\"", "false alarm"
                })
        void refusesFalseValues(String body) {
            assertThat(status(PRIVATE, body)).isEqualTo(403);
        }
    }

    @Nested
    final class ForAPresenceChannel {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"channel_data\":{\"user_id\":1,\"user_info\":{\"id\":1}}} | {\"user_id\":1,\"user_info\":{\"id\":1}}",
                    "{\"channel_data\": {\"user_id\" : \"u-1\"} }                | {\"user_id\" : \"u-1\"}",
                    "{\"auth\":\"k:h\",\"channel_data\":\"{\\\"user_id\\\":\\\"1\\\"}\"} | {\"user_id\":\"1\"}",
                    "{\"channel_data\":\" {\\\"user_id\\\":1} \"}                | {\"user_id\":1}",
                    "{\"channel_data\":1,\"channel_data\":{\"user_id\":2}}       | {\"user_id\":2}",
                    "{\"a\":{\"channel_data\":3},\"channel_data\":{\"user_id\":2}} | {\"user_id\":2}",
                })
        void takesTheMember(String body, String member) {
            assertThat(Answer.of(PRESENCE, body)).isInstanceOfSatisfying(Outcome.Granted.class, granted -> {
                assertThat(granted.channelData())
                        .hasValueSatisfying(data -> assertThat(data).hasToString(member));
                assertThat(granted.remark()).isEmpty();
            });
        }

        @Test
        void keepsTheSpellingOfTheMember() {
            String member =
                    "{\"user_id\":90071992547409931234,\"user_info\":{\"p\":1.50,\"n\":\"\\u00e9\\/\",\"a\":[]}}";

            assertThat(Answer.of(PRESENCE, "\uFEFF{\"channel_data\":" + member + "}")
                            .authorization())
                    .isInstanceOfSatisfying(
                            Authorization.Granted.class,
                            granted -> assertThat(granted.channelData())
                                    .hasValueSatisfying(data -> assertThat(data).hasToString(member)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "true",
                    "1",
                    "",
                    "<html>",
                    "{}",
                    "[]",
                    "{\"channel_data\":null}",
                    "{\"channel_data\":true}",
                    "{\"channel_data\":[]}",
                    "{\"channel_data\":\"\"}",
                    "{\"channel_data\":\"{\"}",
                    "{\"channel_data\":\"{\\\"user_id\\\":1} x\"}",
                    "{\"channel_data\":\"[{\\\"user_id\\\":1}]\"}",
                    "{\"channel_data\":{\"user_id\":1}",
                    "[{\"channel_data\":{\"user_id\":1}}]",
                    "false",
                    "null",
                })
        void refusesAllElse(String body) {
            assertThat(status(PRESENCE, body)).isEqualTo(403);
        }

        @Test
        void survivesAbusiveNesting() {
            String deep = "{\"channel_data\":" + "[".repeat(300_000);
            String inside = "{\"channel_data\":{\"user_id\":1,\"x\":" + "[".repeat(70) + "]".repeat(70) + "}}";

            assertThat(status(PRESENCE, deep)).isEqualTo(403);
            assertThat(status(PRESENCE, inside)).isEqualTo(403);
            assertThat(status(PRIVATE, deep)).isEqualTo(200);
        }
    }
}
