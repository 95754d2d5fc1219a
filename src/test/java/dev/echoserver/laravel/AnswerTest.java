package dev.echoserver.laravel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.auth.Authorization;
import dev.echoserver.channel.Channel;
import dev.echoserver.config.AuthAnswers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerTest {
    private static final Channel PRIVATE = Channel.of("private-a");
    private static final Channel PRESENCE = Channel.of("presence-a");

    private static int status(Channel channel, String body, AuthAnswers granting) {
        return Answer.of(channel, body, granting).authorization() instanceof Authorization.Denied denied
                ? denied.status()
                : 200;
    }

    private static Trouble trouble(Channel channel, String body, AuthAnswers granting) {
        return Answer.of(channel, body, granting).complaint().orElseThrow().trouble();
    }

    @Nested
    final class ForAPrivateChannel {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "true",
                    " true\n",
                    "\uFEFFtrue",
                    "\uFEFF \r\n true",
                    "1",
                    "{\"auth\":\"key:hmac\"}",
                    "{\"auth\":true}",
                    "{\"auth\":\"k:h\",\"channel_data\":null}",
                    "{\"channel_data\":{\"user_id\":1}}",
                    "{\"channel_data\":\"{}\"}",
                    "{\"channel_data\":\" {\\\"user_id\\\":1}\"}",
                    "{\"message\":\"Welcome\",\"channel_data\":{\"user_id\":null}}",
                })
        void isOpenedByLaravelsWaysToSayYes(String body) {
            for (AuthAnswers granting : AuthAnswers.values()) {
                Outcome outcome = Answer.of(PRIVATE, body, granting);

                assertThat(outcome.authorization()).isInstanceOf(Authorization.Granted.class);
                assertThat(outcome.complaint()).isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "``                                      | EMPTY",
                    "` \r\n`                                 | EMPTY",
                    "<!DOCTYPE html><p>Log in                | HTML",
                    "` \n<html>`                             | HTML",
                    "`<br />\n<b>Deprecated</b>:  x in <b>f</b> on line <b>3</b><br />\ntrue` | PHP_MESSAGE",
                    "`PHP Warning:  x in f on line 3\ntrue`  | PHP_MESSAGE",
                    "`<br />\n<font size='1'><table class='xdebug-error'>` | PHP_MESSAGE",
                    "`<br />\n<b>Fatal error</b>:  Uncaught x in <b>f</b> on line <b>3</b><br />` | PHP_MESSAGE",
                    "`<br />\n<b>Parse error</b>:  x`        | PHP_MESSAGE",
                    "`<br />\n<b>Recoverable fatal error</b>:  x` | PHP_MESSAGE",
                    "`<br>\n<b>Strict Standards</b>:  x`     | PHP_MESSAGE",
                    "`PHP Fatal error:  Uncaught x`          | PHP_MESSAGE",
                    "`Parse error: x`                        | PHP_MESSAGE",
                    "`true\n<br />\n<b>Warning</b>:  x`      | PHP_MESSAGE",
                    "`{\"auth\":\"k:h\"}\nWarning: x in f on line 3` | PHP_MESSAGE",
                    "`<p>Log in</p>\n<b>Notice</b>: none`    | HTML",
                    "OK                                      | NOT_JSON",
                    "yes                                     | NOT_JSON",
                    "True                                    | NOT_JSON",
                    "true, and more                          | NOT_JSON",
                    "true true                               | NOT_JSON",
                    "`{\"auth\":\"k:h\"`                     | NOT_JSON",
                    "`{\"code\":401}`                        | ERROR_OBJECT",
                    "`{\"code\":\"401\",\"data\":null}`      | ERROR_OBJECT",
                    "`{\"message\":\"Unauthenticated.\"}`    | ERROR_OBJECT",
                    "`{\"error\":\"no\",\"auth\":null}`      | ERROR_OBJECT",
                    "`{\"status\":\"error\"}`                | ERROR_OBJECT",
                    "`{\"success\":false}`                   | ERROR_OBJECT",
                })
        void isKeptShutByWhatLooksLikeAFaultAndOpenWithARemarkIfAnyAnswerOpens(String body, Trouble trouble) {
            assertThat(status(PRIVATE, body, AuthAnswers.LARAVEL)).isEqualTo(403);
            assertThat(trouble(PRIVATE, body, AuthAnswers.LARAVEL)).isEqualTo(trouble);
            assertThat(status(PRIVATE, body, AuthAnswers.ANY)).isEqualTo(200);
            assertThat(trouble(PRIVATE, body, AuthAnswers.ANY)).isEqualTo(trouble);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"true\"",
                    "\"1\"",
                    "\"0\"",
                    "\"false\"",
                    "1.0",
                    "2",
                    "-1",
                    "0.5",
                    "1e400",
                    "{}",
                    "[]",
                    "[true]",
                    "{\"auth\":null}",
                    "{\"auth\":\"\"}",
                    "{\"auth\":false,\"channel_data\":0}",
                    "{\"channel_data\":[]}",
                    "{\"channel_data\":{}}",
                    "{\"channel_data\":true}",
                    "{\"channel_data\":1}",
                    "{\"channel_data\":[1]}",
                    "{\"channel_data\":\"false\"}",
                    "{\"channel_data\":\" null \"}",
                    "{\"channel_data\":\"0\"}",
                    "{\"channel_data\":\"[]\"}",
                    "{\"channel_data\":\"no\"}",
                    "{\"Auth\":\"k:h\"}",
                    "{\"data\":{\"auth\":\"k:h\"}}",
                    "{\"code\":200}",
                    "{\"success\":true}",
                })
        void isKeptShutByOtherJsonAndOpenWithoutAWordIfAnyAnswerOpens(String body) {
            assertThat(trouble(PRIVATE, body, AuthAnswers.LARAVEL)).isEqualTo(Trouble.OTHER_ANSWER);
            assertThat(Answer.of(PRIVATE, body, AuthAnswers.ANY)).isEqualTo(Outcome.Granted.PLAIN);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"false", " false\r\n", "\uFEFFfalse", "null", "0", "0.0", "-0", "0e9", "\"\"", "false alarm"
                })
        void isNeverOpenedByFalseValues(String body) {
            for (AuthAnswers granting : AuthAnswers.values()) {
                assertThat(status(PRIVATE, body, granting)).isEqualTo(403);
                assertThat(trouble(PRIVATE, body, granting)).isEqualTo(Trouble.NEGATIVE);
            }
        }

        @Test
        void isOpenedByAnyAnswerWithALineThatSaysWhy() {
            Outcome.Refused said =
                    Answer.of(PRIVATE, "", AuthAnswers.ANY).complaint().orElseThrow();

            assertThat(said.status()).isEqualTo(200);
            assertThat(said.detail()).contains("the channel is open", "authAnswers");
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
            assertThat(Answer.of(PRESENCE, body, AuthAnswers.LARAVEL))
                    .isInstanceOfSatisfying(Outcome.Granted.class, granted -> {
                        assertThat(granted.channelData())
                                .hasValueSatisfying(data -> assertThat(data).hasToString(member));
                        assertThat(granted.complaint()).isEmpty();
                    });
        }

        @Test
        void keepsTheSpellingOfTheMember() {
            String member =
                    "{\"user_id\":90071992547409931234,\"user_info\":{\"p\":1.50,\"n\":\"\\u00e9\\/\",\"a\":[]}}";

            assertThat(Answer.of(PRESENCE, "\uFEFF{\"channel_data\":" + member + "}", AuthAnswers.LARAVEL)
                            .authorization())
                    .isInstanceOfSatisfying(
                            Authorization.Granted.class,
                            granted -> assertThat(granted.channelData())
                                    .hasValueSatisfying(data -> assertThat(data).hasToString(member)));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "true                                                    | NO_MEMBER",
                    "1                                                       | NO_MEMBER",
                    "``                                                      | EMPTY",
                    "<html>                                                  | HTML",
                    "`\n<br />\n<b>Notice</b>: x`                            | PHP_MESSAGE",
                    "`{\"channel_data\":{\"user_id\":1}`                      | NOT_JSON",
                    "[]                                                      | LIST_FOR_MEMBER",
                    "`[{\"channel_data\":{\"user_id\":1}}]`                   | LIST_FOR_MEMBER",
                    "{}                                                      | OBJECT_WITHOUT_MEMBER",
                    "`{\"auth\":\"k:h\"}`                                     | OBJECT_WITHOUT_MEMBER",
                    "`{\"id\":1,\"name\":\"Ann\"}`                            | OBJECT_WITHOUT_MEMBER",
                    "`{\"channel_data\":null}`                               | OBJECT_WITHOUT_MEMBER",
                    "`{\"channel_data\":true}`                               | OBJECT_WITHOUT_MEMBER",
                    "`{\"channel_data\":[]}`                                 | OBJECT_WITHOUT_MEMBER",
                    "`{\"channel_data\":\"\"}`                               | OBJECT_WITHOUT_MEMBER",
                    "`{\"channel_data\":\"{\"}`                              | OBJECT_WITHOUT_MEMBER",
                    "`{\"channel_data\":\"[{\\\"user_id\\\":1}]\"}`            | OBJECT_WITHOUT_MEMBER",
                    "`{\"code\":401}`                                        | ERROR_OBJECT",
                    "`\"yes\"`                                               | OTHER_ANSWER",
                    "2                                                       | OTHER_ANSWER",
                    "false                                                   | NEGATIVE",
                    "null                                                    | NEGATIVE",
                })
        void isKeptShutWithoutAMemberEachWithItsCause(String body, Trouble trouble) {
            for (AuthAnswers granting : AuthAnswers.values()) {
                assertThat(status(PRESENCE, body, granting)).isEqualTo(403);
                assertThat(trouble(PRESENCE, body, granting)).isEqualTo(trouble);
            }
        }

        @Test
        void survivesAbusiveNesting() {
            String deep = "{\"channel_data\":" + "[".repeat(300_000);
            String inside = "{\"channel_data\":{\"user_id\":1,\"x\":" + "[".repeat(70) + "]".repeat(70) + "}}";

            assertThat(status(PRESENCE, deep, AuthAnswers.ANY)).isEqualTo(403);
            assertThat(status(PRESENCE, inside, AuthAnswers.ANY)).isEqualTo(403);
            assertThat(status(PRIVATE, deep, AuthAnswers.LARAVEL)).isEqualTo(403);
            assertThat(status(PRIVATE, deep, AuthAnswers.ANY)).isEqualTo(200);
        }
    }
}
