package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.Inbound;
import dev.echoserver.engineio.Refusals;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.SocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RequestBodiesTest {
    private final Wire wire = new Wire(Map.of("X-Extra", "yes"), Taking.GENEROUS, RouterTest.answering("/", "fine"));

    /** Takes bodies of {@code bytes} at {@code path}. */
    private record Taking(String path, int bytes) implements Route {
        private static final Taking GENEROUS = new Taking("/generous", 2000);
        private static final Taking HUGE = new Taking("/huge", 50_000);

        @Override
        public boolean matches(String requested) {
            return requested.equals(path);
        }

        @Override
        public BodyLimit bodyLimit(SocketAddress peer, HttpRequest head, BodyLimit usual) {
            return new BodyLimit(bytes, "Please.");
        }

        @Override
        public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
            Reply.to(ctx, request)
                    .send(
                            HttpResponseStatus.OK,
                            Reply.HTML,
                            "got " + request.content().readableBytes());
        }
    }

    private static String head(String path, String... headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    @Test
    void areThoseOfTheRoute() {
        wire.send(head("/generous", "Content-Length: 2000"));
        wire.sendBody(2000);

        assertThat(wire.answers()).endsWith("got 2000");
    }

    @Test
    void areNamedAtOnceToWhoSaysHowMuchWillCome() {
        wire.send(head("/", "Content-Length: 1025"));

        assertThat(wire.answers())
                .startsWith("HTTP/1.1 413 ")
                .contains("connection: close", "X-Extra: yes", "application/json")
                .endsWith("{\"error\":\"The body has more than 1024 bytes. Raise it.\",\"code\":413}");
        assertThat(wire.isOpen()).isTrue();
        wire.sendBody(1025);
        assertThat(wire.isOpen()).isFalse();
    }

    @Test
    void areNamedToWhoSaysNothingWhenTheyAreReached() {
        wire.send(head("/generous", "Transfer-Encoding: chunked") + "7d0\r\n");
        wire.sendBody(2000);
        wire.send("\r\n");
        assertThat(wire.answers()).isEmpty();

        wire.send("1\r\nx\r\n0\r\n\r\n");
        assertThat(wire.answers()).startsWith("HTTP/1.1 413 ").contains("2000 bytes. Please.");
        assertThat(wire.isOpen()).isFalse();
    }

    @Test
    void spareAClientThatAsksFirstTheSending() {
        wire.send(head("/", "Content-Length: 1025", "Expect: 100-continue"));

        assertThat(wire.answers()).startsWith("HTTP/1.1 413 ");
        assertThat(wire.isOpen()).isFalse();
    }

    @Test
    void endTheConnectionOfAClientThatNeverStops() {
        wire.send(head("/", "Content-Length: 2147483647"));
        for (int mebibyte = 0; mebibyte < 66 && wire.isOpen(); mebibyte++) {
            wire.sendBody(1 << 20);
        }

        assertThat(wire.answers()).startsWith("HTTP/1.1 413 ");
        assertThat(wire.isOpen()).isFalse();
    }

    @Test
    void takeNoMoreMemoryThanThereIsForAllClients() {
        Inbound inbound = Wire.inbound(50_000);
        Wire first = new Wire(inbound, Map.of("X-Extra", "yes"), Taking.HUGE);
        Wire second = new Wire(inbound, Map.of("X-Extra", "yes"), Taking.HUGE);
        first.send(head("/huge", "Content-Length: 30000"));
        first.sendBody(29_999);
        assertThat(inbound.heldBytes()).isEqualTo(32_768);

        second.send(head("/huge", "Transfer-Encoding: chunked") + "7530\r\n");
        second.sendBody(20_000);

        assertThat(second.answers())
                .startsWith("HTTP/1.1 503 ")
                .contains("connection: close", "retry-after: 5", "X-Extra: yes")
                .endsWith("{\"error\":\"Too many large bodies at once. Send it again later.\",\"code\":503}");
        second.sendBody(10_000);
        second.send("\r\n0\r\n\r\n");
        assertThat(second.isOpen()).isFalse();
        assertThat(inbound.refusals().count(Refusals.Cause.MEMORY)).isOne();
        first.sendBody(1);
        assertThat(first.answers()).endsWith("got 30000");
        assertThat(inbound.heldBytes()).isZero();
    }

    @Test
    void giveBackTheirMemoryWhenTheConnectionEnds() {
        Inbound inbound = Wire.inbound(50_000);
        try (Wire cut = new Wire(inbound, Map.of(), Taking.HUGE)) {
            cut.send(head("/huge", "Content-Length: 30000"));
            cut.sendBody(29_999);
            assertThat(inbound.heldBytes()).isPositive();
        }
        assertThat(inbound.heldBytes()).isZero();
    }

    @Test
    void passWhenTheyAreSmallHoweverMuchIsHeld() {
        Wire unlucky = new Wire(Wire.inbound(0), Map.of(), Taking.HUGE);
        unlucky.send(head("/huge", "Content-Length: 8192"));
        unlucky.sendBody(1);
        unlucky.sendBody(8191);

        assertThat(unlucky.answers()).endsWith("got 8192");
    }

    @Test
    void mayComeByteByByte() {
        wire.send(head("/generous", "Transfer-Encoding: chunked"));
        for (int i = 0; i < 500; i++) {
            wire.send("1\r\nx\r\n");
        }
        wire.send("0\r\n\r\n");

        assertThat(wire.answers()).endsWith("got 500");
    }

    @Test
    void letAClientSendThatAsksFirst() {
        wire.send(head("/generous", "Content-Length: 2000", "Expect: 100-continue"));
        assertThat(wire.answers()).startsWith("HTTP/1.1 100 ");

        wire.sendBody(2000);
        assertThat(wire.answers()).endsWith("got 2000");
    }

    @Test
    void thatAreBrokenAreBadRequests() {
        wire.send(head("/generous", "Transfer-Encoding: chunked") + "x\r\n");

        assertThat(wire.answers()).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void beginAnewWithEachRequest() {
        for (int i = 0; i < 3; i++) {
            wire.send(head("/", "Content-Length: 1000"));
            wire.sendBody(1000);
            assertThat(wire.answers()).endsWith("fine");
        }
    }
}
