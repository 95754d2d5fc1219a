package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.TrustedProxies;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VisibleHostTest {
    private static final TrustedProxies ALL = new TrustedProxies(address -> true);

    private final List<String> seen = new ArrayList<>();

    /** The Host that is behind {@code proxies} when {@code headers} come with "Host: x". */
    private String hostBehind(TrustedProxies proxies, String... headers) {
        Route route = Route.below("/", new VisibleHost(proxies).before((ctx, request) -> {
                    seen.add(request.headers().get("Host"));
                    Reply.to(ctx, request).sendNotFound(request);
                }));
        try (Wire wire = new Wire(route)) {
            wire.ask("GET /", headers);
        }
        return seen.get(seen.size() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app.example.com            | app.example.com",
                "app.example.com:8443       | app.example.com:8443",
                "evil.test, app.example.com | app.example.com",
                "'  '                       | x",
                "'a,'                       | x",
            })
    void isTheLastNameThatATrustedProxyWrote(String forwarded, String host) {
        assertThat(hostBehind(ALL, "X-Forwarded-Host: " + forwarded)).isEqualTo(host);
    }

    @Test
    void isTheLastOfSeveralHeaders() {
        assertThat(hostBehind(ALL, "X-Forwarded-Host: evil.test", "X-Forwarded-Host: app.test"))
                .isEqualTo("app.test");
    }

    @Test
    void isNotWhatSomebodyElseSays() {
        assertThat(hostBehind(TrustedProxies.NONE, "X-Forwarded-Host: evil.test"))
                .isEqualTo("x");
    }

    /** By a hole in a proxy's CORS headers: the browser says itself that the page is of another site. */
    @Test
    void isNotWhatAPageOfAnotherSiteSays() {
        assertThat(hostBehind(ALL, "X-Forwarded-Host: evil.test", "Sec-Fetch-Site: cross-site"))
                .isEqualTo("x");
        assertThat(hostBehind(ALL, "X-Forwarded-Host: app.test", "Sec-Fetch-Site: same-origin"))
                .isEqualTo("app.test");
    }

    @Test
    void staysWithoutTheHeader() {
        assertThat(hostBehind(ALL, "Forwarded: host=evil.test")).isEqualTo("x");
    }
}
