package dev.echoserver.laravel;

import static dev.echoserver.laravel.StubApplication.answer;
import static dev.echoserver.laravel.StubApplication.answerTo;
import static dev.echoserver.laravel.StubApplication.authorizer;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.auth.Authorization;
import dev.echoserver.testing.CapturedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applications that are not well: no answer is waited for too long or read too far, and the log says why. */
final class FailuresIT {
    private static final String ONE_SECOND = ",\"limits\":{\"authTimeoutSeconds\":1}";
    private static final Duration SOON = Duration.ofSeconds(4);
    private static final int MEBIBYTE = 1 << 20;

    private final CapturedLog log = CapturedLog.of(FailureLog.class);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    private static Authorization.Denied denied(Trouble trouble) {
        return new Authorization.Denied(0, trouble.cause());
    }

    private Authorization ask(MockResponse answer, String more) {
        try (StubApplication application = StubApplication.answering(answer);
                LaravelAuthorizer authorizer = application.authorizer(more)) {
            return answerTo(Client.program().about("private-a"), authorizer);
        }
    }

    private List<String> warnings() {
        return log.lines(Level.WARN);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void nobodyListens() throws IOException {
        String host = "http://localhost:" + freePort();
        try (LaravelAuthorizer authorizer = authorizer(host, "")) {
            assertThat(answerTo(Client.program().about("private-a"), authorizer))
                    .isEqualTo(denied(Trouble.CONNECTION));
        }

        assertThat(warnings()).singleElement().asString().contains("host=" + host + " ", "authHost", "container");
    }

    @Test
    void theNameIsUnknown() {
        try (LaravelAuthorizer authorizer = authorizer("http://app.invalid", "")) {
            assertThat(answerTo(Client.program().about("private-a"), authorizer))
                    .isEqualTo(denied(Trouble.UNKNOWN_HOST));
        }

        assertThat(warnings()).singleElement().asString().contains("authHost", "DNS");
    }

    @Test
    void theAnswerNeverComes() {
        MockResponse hanging = new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
        long start = System.nanoTime();

        assertThat(ask(hanging, ONE_SECOND)).isEqualTo(denied(Trouble.TIMEOUT));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), SOON);
        assertThat(warnings()).singleElement().asString().contains("limits.authTimeoutSeconds");
    }

    @Test
    void theTlsHandshakeNeverEnds() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                LaravelAuthorizer authorizer = authorizer("https://localhost:" + silent.getLocalPort(), ONE_SECOND)) {
            long start = System.nanoTime();

            assertThat(answerTo(Client.program().about("private-a"), authorizer))
                    .isEqualTo(denied(Trouble.TIMEOUT));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), SOON);
        }
    }

    @Test
    void theAnswerNeverEnds() {
        MockResponse trickling = answer(200, "x".repeat(10_000))
                .newBuilder()
                .throttleBody(1, 50, TimeUnit.MILLISECONDS)
                .build();
        long start = System.nanoTime();

        assertThat(ask(trickling, ONE_SECOND)).isEqualTo(denied(Trouble.TIMEOUT));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @Test
    void theAnswerIsTooLarge() {
        assertThat(ask(answer(200, " ".repeat(10 * MEBIBYTE) + "true"), ""))
                .isEqualTo(denied(Trouble.ANSWER_TOO_LARGE));
        assertThat(ask(answer(200, " ".repeat(MEBIBYTE - 4) + "true"), "")).isInstanceOf(Authorization.Granted.class);
    }

    @Test
    void theAnswerIsTooLargeOnceUnpacked() throws IOException {
        Buffer packed = new Buffer();
        try (BufferedSink bomb = Okio.buffer(new GzipSink(packed))) {
            byte[] zeros = new byte[MEBIBYTE];
            for (int i = 0; i < 200; i++) {
                bomb.write(zeros);
            }
        }
        MockResponse answer = new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(packed)
                .build();

        assertThat(ask(answer, "")).isEqualTo(denied(Trouble.ANSWER_TOO_LARGE));
    }

    @Test
    void theConnectionBreaksInTheMiddle() {
        MockResponse cut = answer(200, "true".repeat(100_000))
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();

        assertThat(ask(cut, "")).isEqualTo(denied(Trouble.BROKEN));
    }

    @Test
    void theAnswerHasANumberThatIsTooLarge() {
        MockResponse later = answer(503, "")
                .newBuilder()
                .addHeader("Retry-After", "99999999999")
                .build();

        assertThat(ask(later, "")).isEqualTo(denied(Trouble.BROKEN));
    }

    @Test
    void theAnswerIsARedirectWhichIsNotFollowed() {
        MockResponse redirect = answer(302, "")
                .newBuilder()
                .addHeader("Location", "https://user:hunter2@app.test/login?token=hunter2#hunter2")
                .build();
        try (StubApplication application = StubApplication.answering(redirect);
                LaravelAuthorizer authorizer = application.authorizer("")) {
            assertThat(answerTo(Client.program().about("private-a"), authorizer))
                    .isEqualTo(new Authorization.Denied(302, Trouble.REDIRECT.cause()));
            assertThat(application.requests()).isEqualTo(1);
        }

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("status=302", "(to https://app.test/login)")
                .doesNotContain("hunter2");
    }

    @Test
    void aForeignPageIsToldApart() {
        try (StubApplication application = StubApplication.answering(answer(403, ""));
                LaravelAuthorizer authorizer = application.authorizer("")) {
            Client page = Client.browserAt("https://spa.test").with("Cookie", "laravel_session=hunter2");

            assertThat(answerTo(page.about("private-a"), authorizer))
                    .isEqualTo(new Authorization.Denied(403, Trouble.FOREIGN_PAGE.cause()));
        }

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("(cookies of https://spa.test were not used: the proxy says Host echo.test:6001)")
                .contains("proxy_set_header Host $host", "ProxyPreserveHost On", "allowedOrigins");
    }

    @Test
    void cookiesThatWereWithheldAreTalkedOfEvenIfLaravelGrants() {
        Client page = Client.browserAt("https://app.test")
                .with("Host", "127.0.0.1:6001")
                .with("Cookie", "laravel_session=hunter2");
        try (StubApplication application = StubApplication.answering(answer(200, "true"));
                LaravelAuthorizer authorizer = application.authorizer("")) {
            answerTo(page.about("private-a"), authorizer);
            answerTo(page.about("private-b"), authorizer);
            answerTo(page.sending("Authorization", "Bearer t").about("private-c"), authorizer);
        }

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("cookies of https://app.test were not used: the proxy says Host 127.0.0.1:6001")
                .doesNotContain("hunter2");
    }

    @Test
    void aTokenThatIsWrongIsNotBlamedOnCookies() {
        try (StubApplication application = StubApplication.answering(answer(401, ""));
                LaravelAuthorizer authorizer = application.authorizer("")) {
            Client page =
                    Client.browserAt("https://spa.test").with("Cookie", "a=1").sending("authorization", "Bearer wrong");

            assertThat(answerTo(page.about("private-a"), authorizer))
                    .isEqualTo(new Authorization.Denied(401, Trouble.UNAUTHENTICATED.cause()));
        }
    }

    @Test
    void headersOfThePageAreBounded() {
        try (StubApplication application = StubApplication.answering(answer(200, "true"));
                LaravelAuthorizer authorizer = application.authorizer("")) {
            Client page = Client.program().sending("X-A", "x".repeat(16 * 1024));

            assertThat(answerTo(page.about("private-a"), authorizer))
                    .isEqualTo(new Authorization.Denied(431, Trouble.HEADERS_TOO_LARGE.cause()));
            assertThat(application.requests()).isZero();
        }
    }

    @Test
    void noSecretIsEverLogged() {
        Client client = Client.browserAt("https://echo.test")
                .with("Cookie", "laravel_session=hunter2; XSRF-TOKEN=hunter2")
                .with("Referer", "https://echo.test/?t=hunter2")
                .sending("Authorization", "Bearer hunter2")
                .sending("Cookie", "hunter2=hunter2");
        for (int status : List.of(200, 302, 401, 403, 404, 405, 419, 500)) {
            try (StubApplication application = StubApplication.answering(answer(status, "hunter2"));
                    LaravelAuthorizer authorizer = authorizer(application.url().replace("//", "//me:hunter2@"), "")) {
                Authorization authorization = answerTo(client.about("private-a"), authorizer);

                assertThat(authorization.toString()).doesNotContain("hunter2");
            }
        }

        assertThat(warnings()).hasSize(8).noneMatch(line -> line.contains("hunter2"));
    }
}
