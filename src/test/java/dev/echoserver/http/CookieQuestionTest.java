package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.TrustedProxies;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CookieQuestionTest {
    private final Wire wire = new Wire(new CookieQuestion(
            "/socket.io/",
            new VisibleHost(new TrustedProxies(address -> true)),
            (page, host) -> page.equals(Optional.of("https://app.test")) && host.equals(Optional.of("app.test"))));

    @Test
    void isAnsweredByOriginAndHost() {
        assertThat(wire.ask("GET /socket.io/cookies", "Origin: https://app.test"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("cache-control: no-store", "content-type: application/json")
                .endsWith("{\"used\":false}");
        assertThat(wire.ask("GET /socket.io/cookies", "Origin: https://app.test", "X-Forwarded-Host: app.test"))
                .endsWith("{\"used\":true}");
    }

    @Test
    void isAskedByGetAndNowhereElse() {
        assertThat(wire.ask("POST /socket.io/cookies", "Content-Length: 0")).contains("404 Not Found");
        assertThat(wire.ask("GET /socket.io/cookies/x")).contains("404 Not Found");
    }
}
