package dev.echoserver.laravel;

import static dev.echoserver.laravel.StubApplication.answer;
import static dev.echoserver.laravel.StubApplication.answerTo;
import static dev.echoserver.laravel.StubApplication.authorizer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.auth.Authorization;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mockwebserver3.MockResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of the answers that Laravel gives. */
final class AnswersOfLaravelIT {

    /** Recorded from Laravel 8.83.26: what was asked, and the answer. */
    static Stream<Arguments> recorded() throws IOException {
        try (InputStream file = AnswersOfLaravelIT.class.getResourceAsStream("/wire/laravel-contract.json")) {
            JsonNode all =
                    new ObjectMapper().readTree(Objects.requireNonNull(file)).path("authorization");
            return StreamSupport.stream(all.spliterator(), false)
                    .filter(row -> row.path("body").textValue().startsWith("channel_name="))
                    .map(row -> Arguments.of(row.path("what").textValue(), row))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void areTakenAsRecorded(String what, JsonNode row) {
        String channel = URLDecoder.decode(
                row.path("body").textValue().substring("channel_name=".length()), StandardCharsets.UTF_8);
        int status = row.path("status").intValue();
        String body = row.path("response").textValue();
        MockResponse.Builder answer = new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", row.path("contentType").textValue())
                .body(body);
        if (row.has("location")) {
            answer.addHeader("Location", "/login");
        }
        try (StubApplication application = StubApplication.answering(answer.build());
                LaravelAuthorizer authorizer = application.authorizer("")) {
            Authorization authorization = answerTo(Client.program().about(channel), authorizer);

            if (status != 200) {
                assertThat(authorization)
                        .as(what)
                        .isInstanceOfSatisfying(
                                Authorization.Denied.class,
                                denied -> assertThat(denied.status()).isEqualTo(status));
            } else if (body.contains("channel_data")) {
                assertThat(authorization)
                        .as(what)
                        .isInstanceOfSatisfying(
                                Authorization.Granted.class,
                                granted -> assertThat(granted.channelData())
                                        .hasValueSatisfying(data -> assertThat("{\"channel_data\":" + data + "}")
                                                .isEqualTo(body)));
            } else if (channel.startsWith("presence-")) {
                assertThat(authorization).as(what).isEqualTo(new Authorization.Denied(403, Trouble.NO_MEMBER.cause()));
            } else {
                assertThat(authorization).as(what).isInstanceOf(Authorization.Granted.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "201, UNEXPECTED_STATUS",
        "204, UNEXPECTED_STATUS",
        "301, REDIRECT",
        "302, REDIRECT",
        "307, REDIRECT",
        "308, REDIRECT",
        "400, UNEXPECTED_STATUS",
        "401, UNAUTHENTICATED",
        "403, FORBIDDEN",
        "404, NO_ROUTE",
        "405, NO_POST",
        "422, UNEXPECTED_STATUS",
        "408, UNEXPECTED_STATUS",
        "419, CSRF",
        "429, THROTTLED",
        "500, SERVER_ERROR",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
    })
    void keepTheirStatus(int status, Trouble trouble) {
        MockResponse other = status == 204
                ? new MockResponse.Builder().code(204).build()
                : answer(status, "true")
                        .newBuilder()
                        .addHeader("Location", "/elsewhere")
                        .build();
        try (StubApplication application = StubApplication.answering(other);
                LaravelAuthorizer authorizer = application.authorizer("")) {
            assertThat(answerTo(Client.program().about("private-a"), authorizer))
                    .isEqualTo(new Authorization.Denied(status, trouble.cause()));
        }
    }

    @ParameterizedTest
    @CsvSource({".example.com", "app.test:8080", "http://", "http://a b", "http://a:99999"})
    void cannotComeFromAHostThatIsNoUrl(String host) {
        try (LaravelAuthorizer authorizer = authorizer(host, "")) {
            assertThat(answerTo(Client.program().about("private-a"), authorizer))
                    .isEqualTo(new Authorization.Denied(0, Trouble.NO_HOST.cause()));
        }
    }
}
