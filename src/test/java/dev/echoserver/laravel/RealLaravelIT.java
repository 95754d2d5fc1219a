package dev.echoserver.laravel;

import static dev.echoserver.laravel.StubApplication.answerTo;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import dev.echoserver.testing.CapturedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real Laravel answers, and what comes of it: with sessions and tokens, and when it is not set up as it should be. */
final class RealLaravelIT {
    private static final String STRICT = ",\"strictCompatibility\":true";
    private static final Authorization GRANTED = new Authorization.Granted(Optional.empty());

    @TempDir
    private static Path state;

    private static LaravelProcess laravel;

    private final CapturedLog log = CapturedLog.of(FailureLog.class);

    @BeforeAll
    static void start() {
        laravel = LaravelProcess.start(state);
    }

    @AfterAll
    static void stop() {
        if (laravel != null) {
            laravel.close();
        }
    }

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    private static Authorization ask(AuthQuestion question, String more) {
        try (LaravelAuthorizer authorizer = StubApplication.authorizer(laravel.url(), more)) {
            return answerTo(question, authorizer);
        }
    }

    /** A page of the application itself. */
    private static Client page() {
        return Client.browserAt(laravel.url())
                .with("Host", "127.0.0.1:6001")
                .with("Referer", laravel.url() + "/orders");
    }

    private static Client withToken(Client client) {
        return client.sending("Authorization", "Bearer ann-token");
    }

    private static Authorization refusal(int status, Trouble trouble) {
        return new Authorization.Denied(status, trouble.cause());
    }

    @Nested
    final class WithSanctum {
        @Test
        void cookiesOpenAChannelTogetherWithTheirCsrfToken() {
            assertThat(ask(page().with("Cookie", laravel.cookies()).about("private-orders"), ""))
                    .isEqualTo(GRANTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", STRICT})
        void aBearerTokenOpensAChannelFromAPageOfTheApplication(String more) {
            assertThat(ask(withToken(page()).about("private-orders"), more)).isEqualTo(GRANTED);
            assertThat(ask(withToken(page()).with("Cookie", "_ga=1").about("private-orders"), more))
                    .isEqualTo(GRANTED);
            assertThat(ask(
                            withToken(page())
                                    .sending("X-CSRF-TOKEN", "of-the-page")
                                    .about("private-orders"),
                            more))
                    .isEqualTo(GRANTED);
            assertThat(ask(withToken(page()).with("Cookie", laravel.cookies()).about("private-orders"), more))
                    .isEqualTo(GRANTED);
        }

        /** What the others would get if the page were always named. */
        @Test
        void aPageThatIsNamedMustShowACsrfToken() {
            Client named = withToken(page()).sending("Origin", laravel.url());

            assertThat(ask(named.about("private-orders"), STRICT)).isEqualTo(refusal(419, Trouble.CSRF));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", STRICT})
        void neitherOpensNothingAndTheLogNamesTheCause(String more) {
            assertThat(ask(Client.program().about("private-orders"), more))
                    .isEqualTo(refusal(401, Trouble.UNAUTHENTICATED));

            assertThat(log.lines(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains(
                            "status=401", "channel=private-orders", "cause=Laravel sees no logged-in user cure=log in");
        }

        /** As with laravel-echo-server, of whose requests Sanctum does not know that they are of a session. */
        @Test
        void cookiesAloneAreNotEnoughWithTheOldServersHeadersAndTheLogSaysWhatIs() {
            assertThat(ask(page().with("Cookie", laravel.cookies()).about("private-orders"), STRICT))
                    .isEqualTo(refusal(401, Trouble.UNAUTHENTICATED));

            assertThat(log.lines(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("cookies for Sanctum also need \"strictCompatibility\": false");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "private-orders, ?broadcaster=log, 403, EMPTY",
        "private-orders, ?broadcaster=null, 403, EMPTY",
        "presence-room, ?broadcaster=log, 403, EMPTY",
        "presence-careless, '', 403, NO_MEMBER",
        "private-unknown, '', 403, FORBIDDEN",
        "private-app_stock, ?prefix=app_, 403, PREFIX_IN_NAME",
    })
    void whatOpensNoChannelHasItsCause(String channel, String query, int status, Trouble trouble) {
        String more =
                endpoint("/broadcasting/auth" + query) + ",\"databaseConfig\":{\"redis\":{\"keyPrefix\":\"app_\"}}";

        assertThat(ask(withToken(page()).about(channel), more)).isEqualTo(refusal(status, trouble));
    }

    @Test
    void aMemberOpensAPresenceChannel() {
        assertThat(ask(withToken(page()).about("presence-room"), ""))
                .isInstanceOfSatisfying(
                        Authorization.Granted.class,
                        granted -> assertThat(granted.channelData().orElseThrow())
                                .hasToString("{\"user_id\":7,\"user_info\":{\"name\":\"Ann\"}}"));
    }

    @Test
    void aConnectionThatIsNotDefinedIsNamedOrGuessed() {
        String undefined = "/undefined/broadcasting/auth";

        assertThat(ask(page().about("private-orders"), endpoint(undefined + "?debug=1")))
                .isEqualTo(refusal(500, Trouble.NO_CONNECTION));
        assertThat(ask(page().about("private-orders"), endpoint(undefined)))
                .isEqualTo(refusal(500, Trouble.SERVER_ERROR));

        assertThat(log.lines(Level.WARN))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("'redis' => ['driver' => 'redis'", "config/broadcasting.php")
                        .doesNotContain("trace"));
    }

    @Test
    void aThrottleSaysWhenItOpensAgain() {
        String throttled = endpoint("/throttled/broadcasting/auth");

        assertThat(ask(withToken(page()).about("private-orders"), throttled)).isEqualTo(GRANTED);
        assertThat(ask(withToken(page()).about("private-orders"), throttled))
                .isEqualTo(refusal(429, Trouble.THROTTLED));

        assertThat(log.lines(Level.WARN)).singleElement().asString().containsPattern("again in (60|59) s");
    }

    @Test
    void maintenanceIsCalledSo() throws IOException {
        laravel.goDown();
        try {
            assertThat(ask(withToken(page()).about("private-orders"), "")).isEqualTo(refusal(503, Trouble.MAINTENANCE));
        } finally {
            laravel.comeUp();
        }

        assertThat(log.lines(Level.WARN)).singleElement().asString().contains("(again in 60 s)", "php artisan up");
    }

    private static String endpoint(String path) {
        return ",\"authEndpoint\":\"" + path + "\"";
    }
}
