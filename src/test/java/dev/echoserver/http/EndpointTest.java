package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class EndpointTest {
    private final AtomicReference<Document> ready = new AtomicReference<>(Document.text(OK, "yes"));
    private final List<Endpoint> endpoints = List.of(
            Endpoint.of("/up", "works", () -> Document.text(OK, "OK")), Endpoint.of("/ready", "wants", ready::get));
    private final Wire wire = new Wire(endpoints.get(0), endpoints.get(1), new EndpointIndex(endpoints));

    @Test
    void answersWithWhatIsSoAtThatMoment() {
        assertThat(wire.ask("GET /ready"))
                .contains("200 OK", "cache-control: no-store")
                .endsWith("\r\n\r\nyes");

        ready.set(Document.json(SERVICE_UNAVAILABLE, "{}"));

        assertThat(wire.ask("GET /ready?x=1"))
                .contains("503 Service Unavailable", "content-type: application/json")
                .endsWith("\r\n\r\n{}");
    }

    @Test
    void tellsItsHeadAlone() {
        assertThat(wire.ask("HEAD /up")).contains("200 OK", "content-length: 2").endsWith("\r\n\r\n");
    }

    @Test
    void canOnlyBeRead() {
        assertThat(wire.ask("DELETE /up")).contains("405 Method Not Allowed", "allow: GET, HEAD");
    }

    @Test
    void isListedAtTheRootAndWhereThereIsNone() {
        assertThat(wire.ask("GET /")).contains("200 OK", "/up        works", "/ready     wants");
        assertThat(wire.ask("GET /nothing")).contains("404 Not Found", "text/plain", "/up        works");
        assertThat(wire.ask("POST /", "Content-Length: 0")).contains("404 Not Found");
    }
}
