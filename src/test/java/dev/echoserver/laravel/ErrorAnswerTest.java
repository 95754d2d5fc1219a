package dev.echoserver.laravel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.channel.Channel;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorAnswerTest {
    private static final Channel CHANNEL = Channel.of("private-orders");

    private static Response.Builder answer(int status, String body) {
        return new Response.Builder()
                .request(new Request.Builder()
                        .url("https://app.test/broadcasting/auth")
                        .build())
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("")
                .body(ResponseBody.create(body, MediaType.get("text/html")));
    }

    private static Outcome.Refused refusal(Response.Builder answer) {
        return new ErrorAnswer(answer.build(), CHANNEL, "laravel_database_").refusal();
    }

    private static Trouble trouble(int status, String body) {
        return refusal(answer(status, body)).trouble();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n    \"message\": \"Broadcast connection [redis] is not defined.\",\n    \"exception\": \"X\"}",
                "<title>Broadcast connection [redis] is not defined.</title>"
            })
    void namesAConnectionThatLaravelDoesNotHave(String body) {
        assertThat(trouble(500, body)).isEqualTo(Trouble.NO_CONNECTION);
        assertThat(Trouble.NO_CONNECTION.cure()).contains("'redis' => ['driver' => 'redis'");
    }

    @Test
    void namesItAsOneCauseOfAFailureThatSaysNothing() {
        assertThat(trouble(500, "{\"message\": \"Server Error\"}")).isEqualTo(Trouble.SERVER_ERROR);
        assertThat(Trouble.SERVER_ERROR.cure())
                .contains(
                        "laravel.log",
                        "Broadcast connection [redis] is not defined",
                        "'redis' => ['driver' => 'redis'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\": \"Service Unavailable\"}                             | MAINTENANCE",
                "<html><title>Service Unavailable</title><body>503                 | MAINTENANCE",
                "{\"message\":\"x\",\"exception\":\"A\\MaintenanceModeException\"} | MAINTENANCE",
                "<title>503 Service Temporarily Unavailable</title>nginx            | UNAVAILABLE",
                "<html><body><h1>503 Service Unavailable</h1>No server is available | UNAVAILABLE",
            })
    void tellsMaintenanceFromAWebServerThatCannot(String body, Trouble trouble) {
        assertThat(trouble(503, body)).isEqualTo(trouble);
    }

    @Test
    void saysWhenAThrottleOpensAgain() {
        Outcome.Refused refused = refusal(answer(429, "Too Many Requests").header("Retry-After", "37"));

        assertThat(refused).isEqualTo(new Outcome.Refused(Trouble.THROTTLED, 429, "again in 37 s"));
        assertThat(refusal(answer(429, "").header("Retry-After", "Wed, 21 Oct 2026"))
                        .detail())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "app_, private-app_orders, PREFIX_IN_NAME",
        "app_, private-my_app_orders, PREFIX_IN_NAME",
        "app_, private-orders, FORBIDDEN",
        "'', private-orders, FORBIDDEN",
    })
    void namesAPrefixInsideTheNameOfTheChannel(String prefix, String channel, Trouble trouble) {
        assertThat(new ErrorAnswer(answer(403, "").build(), Channel.of(channel), prefix)
                        .refusal()
                        .trouble())
                .isEqualTo(trouble);
    }
}
