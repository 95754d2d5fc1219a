package dev.echoserver.laravel;

import static dev.echoserver.laravel.StubApplication.answerTo;
import static dev.echoserver.laravel.StubApplication.authorizer;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.auth.AuthQuestion;
import dev.echoserver.auth.Authorization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What Laravel is asked, byte by byte. */
final class AuthRequestIT {
    private static final String PAGE = "https://echo.test";

    /** The request as it is on the wire, from a server that grants. */
    private static String requestFor(AuthQuestion question, String more) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> serve(server));
            String host = "http://127.0.0.1:" + server.getLocalPort();
            try (LaravelAuthorizer authorizer = authorizer(host, more)) {
                assertThat(answerTo(question, authorizer)).isEqualTo(new Authorization.Granted(Optional.empty()));
            }
            return request.join().replace(host.substring("http://".length()), "app.test");
        }
    }

    private static String serve(ServerSocket server) {
        try (Socket connection = server.accept()) {
            StringBuilder request = new StringBuilder();
            InputStream in = connection.getInputStream();
            while (!isComplete(request.toString())) {
                request.append((char) in.read());
            }
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue".getBytes(UTF_8));
            return request.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isComplete(String request) {
        int head = request.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        String length = request.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1");
        return request.length() == head + 4 + Integer.parseInt(length);
    }

    private static String requestFor(AuthQuestion question) throws IOException {
        return requestFor(question, "");
    }

    @Test
    void isAFormWithAllThatTheBrowserShowed() throws IOException {
        AuthQuestion question = Client.browserAt(PAGE)
                .with("Referer", PAGE + "/orders?page=2")
                .with("Cookie", "laravel_session=s; XSRF-TOKEN=abc%3D")
                .with("User-Agent", "Mozilla/5.0")
                .sending("Authorization", "Bearer token")
                .about("private-orders.1");

        assertThat(requestFor(question)).isEqualTo("""
                        POST /broadcasting/auth HTTP/1.1
                        Accept: application/json
                        Authorization: Bearer token
                        Cookie: laravel_session=s; XSRF-TOKEN=abc%3D
                        Origin: https://echo.test
                        Referer: https://echo.test/orders?page=2
                        User-Agent: Mozilla/5.0
                        X-Forwarded-For: 192.0.2.7, 198.51.100.1
                        X-Forwarded-Host: echo.test:6001
                        X-Forwarded-Proto: https
                        X-Requested-With: XMLHttpRequest
                        X-XSRF-TOKEN: abc=
                        Content-Type: application/x-www-form-urlencoded
                        Content-Length: 45
                        Host: app.test
                        Connection: Keep-Alive
                        Accept-Encoding: gzip

                        channel_name=private-orders.1&socket_id=12.34""".replace("\n", "\r\n"));
    }

    @Test
    void encodesTheChannelName() throws IOException {
        assertThat(requestFor(Client.program().about("private-rooms.a b+c&d=\u00e9%2F'()!*~")))
                .endsWith(
                        "\r\n\r\nchannel_name=private-rooms.a%20b%2Bc%26d%3D%C3%A9%252F%27%28%29%21%2A~&socket_id=12.34");
    }

    @Test
    void goesToTheEndpointOfTheConfiguration() throws IOException {
        AuthQuestion question = Client.program().about("private-a");

        assertThat(requestFor(question, ",\"authEndpoint\":\"/api/auth?via=echo\""))
                .startsWith("POST /api/auth?via=echo HTTP");
        assertThat(requestFor(question, ",\"authEndpoint\":\"api/auth\"")).startsWith("POST /api/auth HTTP");
    }

    @Test
    void carriesTheHeadersOfThePageOverOurs() throws IOException {
        String request = requestFor(Client.browserAt(PAGE)
                .with("User-Agent", "browser")
                .with("Referer", PAGE)
                .sending("accept", "text/html")
                .sending("user-agent", "page")
                .sending("referer", "https://spa.test/")
                .about("private-a"));

        assertThat(request)
                .contains("Accept: text/html\r\n", "User-Agent: page", "referer: https://spa.test/")
                .doesNotContain("application/json", "browser", PAGE + "\r\nUser");
    }

    @Test
    void isNotSplitByHeadersOfThePage() throws IOException {
        String request = requestFor(Client.program()
                .sending("Host", "evil.test")
                .sending("Content-Length", "1")
                .sending("Transfer-Encoding", "chunked")
                .sending("X-Forwarded-For", "1.2.3.4")
                .sending("X_Forwarded_For", "1.2.3.4")
                .sending("X-A", "a\r\n\r\nPOST /evil HTTP/1.1")
                .sending("X-B\r\nX-Evil: 1", "b")
                .about("private-a"));

        assertThat(request)
                .doesNotContainIgnoringCase("evil", "chunked", "1.2.3.4", "X-A", "X-B", "Content-Length: 1\r\n")
                .contains("X-Forwarded-For: 192.0.2.7, 198.51.100.1\r\n");
    }

    @Test
    void namesThisServerIfTheClientHasNoName() throws IOException {
        assertThat(requestFor(Client.program().about("private-a"))).contains("User-Agent: echo-server\r\n");
    }

    @Test
    void carriesThePasswordInTheAuthHost() throws IOException {
        try (StubApplication application = StubApplication.answering(StubApplication.answer(200, "true"));
                LaravelAuthorizer authorizer = authorizer(application.url().replace("//", "//staging:s%40fe@"), "")) {
            answerTo(Client.program().about("private-a"), authorizer);
            answerTo(Client.program().sending("Authorization", "Bearer b").about("private-a"), authorizer);

            assertThat(application.next().getHeaders().get("Authorization")).isEqualTo("Basic c3RhZ2luZzpzQGZl");
            assertThat(application.next().getHeaders().get("Authorization")).isEqualTo("Bearer b");
        }
    }

    /** As laravel-echo-server 1.6.3 was seen to send them; but a connection is kept for the next question. */
    @Nested
    final class WithStrictCompatibility {
        private static final String STRICT = ",\"strictCompatibility\":true";

        @Test
        void carryWhatLaravelEchoServerSentAndNothingElse() throws IOException {
            AuthQuestion question = Client.browserAt(PAGE)
                    .with("Referer", PAGE + "/orders?page=2")
                    .with("Cookie", "laravel_session=s; XSRF-TOKEN=abc%3D")
                    .with("User-Agent", "Mozilla/5.0")
                    .about("private-a b'(\u00e9)!*~%");

            assertThat(requestFor(question, STRICT)).isEqualTo("""
                            POST /broadcasting/auth HTTP/1.1
                            Cookie: laravel_session=s; XSRF-TOKEN=abc%3D
                            X-Requested-With: XMLHttpRequest
                            Content-Type: application/x-www-form-urlencoded
                            Content-Length: 51
                            Host: app.test
                            Connection: Keep-Alive

                            channel_name=private-a%20b%27%28%C3%A9%29%21%2A~%25""".replace("\n", "\r\n"));
        }

        @Test
        void carryWhatThePageGaveAsItIs() throws IOException {
            AuthQuestion question = Client.browserAt(PAGE)
                    .with("User-Agent", "browser")
                    .sending("Authorization", "Bearer token")
                    .sending("X-CSRF-TOKEN", "c")
                    .sending("Accept", "text/plain")
                    .sending("Origin", "https://spa.test")
                    .sending("User-Agent", "page")
                    .sending("Cookie", "own=1")
                    .about("private-a");

            assertThat(requestFor(question, STRICT)).isEqualTo("""
                            POST /broadcasting/auth HTTP/1.1
                            Accept: text/plain
                            Authorization: Bearer token
                            Cookie: own=1
                            Origin: https://spa.test
                            User-Agent: page
                            X-CSRF-TOKEN: c
                            X-Requested-With: XMLHttpRequest
                            Content-Type: application/x-www-form-urlencoded
                            Content-Length: 22
                            Host: app.test
                            Connection: Keep-Alive

                            channel_name=private-a""".replace("\n", "\r\n"));
        }
    }

    /** By its name Sanctum would take the page's request for one of a session, and miss the CSRF token. */
    @Nested
    final class APageWithATokenOfItsOwn {
        private Client page() {
            return Client.browserAt(PAGE).with("Referer", PAGE + "/orders").sending("authorization", "Bearer token");
        }

        @Test
        void isNotNamed() throws IOException {
            assertThat(requestFor(page().about("private-a"))).doesNotContain("Origin", "Referer");
        }

        @Test
        void isNotNamedForACookieThatIsNoSession() throws IOException {
            assertThat(requestFor(page().with("Cookie", "_ga=1").about("private-a")))
                    .contains("Cookie: _ga=1")
                    .doesNotContain("Origin", "Referer");
        }

        @Test
        void isNotNamedForACsrfTokenWithoutItsCookie() throws IOException {
            assertThat(requestFor(page().sending("X-CSRF-TOKEN", "c").about("private-a")))
                    .contains("X-CSRF-TOKEN: c")
                    .doesNotContain("Origin", "Referer");
        }

        @Test
        void isNamedWithCookieAndCsrfToken() throws IOException {
            assertThat(requestFor(page().with("Cookie", "s=1; XSRF-TOKEN=t").about("private-a")))
                    .contains("Origin: " + PAGE, "Referer: " + PAGE + "/orders", "X-XSRF-TOKEN: t");
        }

        @Test
        void maySayItsNameItself() throws IOException {
            assertThat(requestFor(page().sending("Referer", "https://own.test/").about("private-a")))
                    .contains("Referer: https://own.test/")
                    .doesNotContain("Origin");
        }
    }

    @Nested
    final class Cookies {
        @Test
        void ofAForeignPageAreKeptBack() throws IOException {
            String request = requestFor(Client.browserAt("https://evil.test")
                    .with("Referer", "https://evil.test/trap")
                    .with("Cookie", "laravel_session=s; XSRF-TOKEN=abc")
                    .sending("Authorization", "Bearer own")
                    .about("private-a"));

            assertThat(request)
                    .doesNotContain("laravel_session", "abc", "evil.test", "XSRF")
                    .contains("Authorization: Bearer own");
        }

        @Test
        void ofAllowedOriginsAreForwarded() throws IOException {
            AuthQuestion question =
                    Client.browserAt("https://spa.test").with("Cookie", "a=1").about("private-a");

            assertThat(requestFor(question)).doesNotContain("Cookie");
            assertThat(requestFor(question, ",\"allowedOrigins\":[\"https://spa.test\"]"))
                    .contains("Cookie: a=1\r\n");
            assertThat(requestFor(question, ",\"allowedOrigins\":\"*\"")).contains("Cookie: a=1\r\n");
        }

        @Test
        void givenByThePageReplaceThoseOfTheBrowser() throws IOException {
            AuthQuestion question = Client.browserAt("https://evil.test")
                    .with("Cookie", "browser=1")
                    .sending("cookie", "page=1; XSRF-TOKEN=t")
                    .about("private-a");

            assertThat(requestFor(question))
                    .contains("Cookie: page=1; XSRF-TOKEN=t\r\n")
                    .doesNotContain("browser=1", "X-XSRF-TOKEN");
        }

        @Test
        void doNotReplaceATokenOfThePage() throws IOException {
            AuthQuestion question = Client.browserAt(PAGE)
                    .with("Cookie", "XSRF-TOKEN=cookie")
                    .sending("x-csrf-token", "page")
                    .about("private-a");

            assertThat(requestFor(question)).contains("x-csrf-token: page\r\n").doesNotContain("X-XSRF-TOKEN");
        }

        @Test
        void keepTheirBytes() throws IOException {
            String asRead = new String("name=caf\u00e9".getBytes(UTF_8), ISO_8859_1);

            assertThat(requestFor(Client.program().with("Cookie", asRead).about("private-a")))
                    .contains("Cookie: " + asRead + "\r\n");
        }
    }
}
