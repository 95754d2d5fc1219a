package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class HealthTest {
    private final Wire wire = new Wire(new Health(Map.of("X-Extra", "yes")));

    @Test
    void saysOk() {
        assertThat(wire.ask("GET /?probe"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("content-type: text/html; charset=utf-8", "content-length: 2", "X-Extra: yes")
                .endsWith("\r\n\r\nOK");
    }

    @Test
    void namesItsMethods() {
        assertThat(wire.ask("OPTIONS /")).contains("200 OK", "allow: GET,HEAD").endsWith("GET,HEAD");
    }

    @Test
    void knowsNoOtherMethodAndNoOtherPath() {
        assertThat(wire.ask("POST /", "Content-Length: 0")).contains("404 Not Found", "Cannot POST /");
        assertThat(wire.ask("GET /x")).contains("404 Not Found");
    }
}
