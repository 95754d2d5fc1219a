package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BodylessRequestsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n";

    private final Wire wire = new Wire(Route.below(
            "/",
            (ctx, request) -> Reply.to(ctx, request)
                    .send(
                            HttpResponseStatus.OK,
                            Reply.HTML,
                            "<" + request.method() + " " + request.content().readableBytes() + ">")));

    private List<String> bodies() {
        return wire.answers()
                .lines()
                .filter(line -> line.startsWith("<"))
                .map(line -> line.replaceAll(">.*", ">"))
                .toList();
    }

    @Test
    void makeWayForThoseWithABodyAndMayFollowThem() {
        wire.send(GET + "\r\n" + GET + "\r\n");
        assertThat(bodies()).containsExactly("<GET 0>", "<GET 0>");

        wire.send(POST + "ab" + GET + "\r\n" + POST + "ab");
        assertThat(bodies()).containsExactly("<POST 2>", "<GET 0>", "<POST 2>");
    }

    @Test
    void mayComeInPieces() {
        wire.send(GET);
        assertThat(bodies()).isEmpty();
        wire.send("\r\n");
        assertThat(bodies()).containsExactly("<GET 0>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"})
    void mayAnnounceABodyThatIsEmpty(String rest) {
        wire.send(GET + rest);

        assertThat(bodies()).containsExactly("<GET 0>");
    }

    @Test
    void mayHaveABodyThatNoHeaderAnnounces() {
        wire.send(GET + "Sec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b\r\n\r\n12345678");

        assertThat(bodies()).containsExactly("<GET 8>");
    }

    @Test
    void areAskedForWhatTheyWantToBeAskedFor() {
        wire.send(GET + "Expect: 100-continue\r\n\r\n");

        assertThat(wire.answers()).startsWith("HTTP/1.1 100 Continue").endsWith("<GET 0>");
    }
}
