package dev.echoserver.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.doctor.ProxyLines.Place;
import dev.echoserver.doctor.Visitor.Reply;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProxyLinesTest {
    private static final Place PLACE = new Place("/live/socket.io", 6012);

    private static ProxyLines of(String header, String value, String body) {
        return ProxyLines.of(
                new Reply(503, HttpHeaders.of(Map.of(header, List.of(value)), (name, text) -> true), body), PLACE);
    }

    @ParameterizedTest
    @CsvSource({
        "Server,    nginx/1.22.1,               nginx",
        "Server,    openresty,                  nginx",
        "server,    Apache/2.4.71 (Debian),     Apache",
        "Via,       1.1 www.example (Apache),   Apache",
        "Server,    Caddy,                      Caddy",
        "Via,       1.1 Caddy,                  Caddy",
        "Server,    lighttpd/1.4.69,            lighttpd",
        "Via,       1.1 varnish (Varnish/7.1),  Varnish",
        "X-Varnish, 32770,                      Varnish",
        "Server,    cloudflare,                 'The proxy \"cloudflare\"'",
        "Date,      today,                      A proxy that gives no name (as HAProxy)",
    })
    void knowsTheProxyByWhatItCallsItself(String header, String value, String name) {
        assertThat(of(header, value, "").name()).isEqualTo(name);
    }

    @Test
    void knowsHaProxyByItsErrorPages() {
        String page =
                "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n";

        assertThat(of("Content-Type", "text/html", page).name()).isEqualTo("HAProxy");
    }

    @Test
    void writesPathAndPortOfThisServer() {
        Stream.of("nginx", "Apache", "Caddy", "lighttpd")
                .map(server -> of("Server", server, ""))
                .forEach(lines -> {
                    assertThat(String.join("\n", lines.way())).contains("/live/socket", "6012");
                    assertThat(String.join("\n", lines.target())).contains("6012");
                });
    }

    @Test
    void saysSomethingOfEachKindForEachProxy() {
        Stream.of("nginx", "Apache", "Caddy", "lighttpd", "other")
                .map(server -> of("Server", server, ""))
                .flatMap(lines ->
                        Stream.of(lines.way(), lines.target(), lines.webSocket(), lines.sameServer(), lines.patience()))
                .forEach(cure -> assertThat(cure).isNotEmpty().doesNotContain(""));
    }
}
