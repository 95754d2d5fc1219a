package dev.echoserver.http;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class RouterTest {
    private static final Map<String, String> EXTRA = Map.of("X-Extra", "yes");

    @Nested
    final class Routing {

        @Test
        void givesTheRequestToTheFirstRouteThatMatches() {
            Wire wire = new Wire(answering("/a", "first"), answering("/a", "second"));

            assertThat(wire.ask("GET /a/b?c=/d")).contains("200 OK").endsWith("first");
        }

        @Test
        void looksBelowAPathOnlyAtASlash() {
            Route route = Route.below("/socket.io/", (ctx, request) -> {});

            assertThat(List.of("/socket.io", "/socket.io/", "/socket.io/x")).allMatch(route::matches);
            assertThat(List.of("/", "/socket.iox", "/a/socket.io")).noneMatch(route::matches);
        }

        @Test
        void saysWhatItCannotFindAsExpressDoes() {
            String answer = new Wire(EXTRA).ask("PUT /a<b>'%22?query=1");

            assertThat(answer)
                    .startsWith("HTTP/1.1 404 Not Found")
                    .containsIgnoringCase("x-extra: yes")
                    .contains("content-type: text/html; charset=utf-8")
                    .contains("<pre>Cannot PUT /a&lt;b&gt;&#39;%22</pre>");
        }
    }

    @Nested
    final class Faults {

        @Test
        void refusesWhatIsNotHttpAndCloses() {
            Wire wire = new Wire(answering("/", "ok"));
            wire.send("\u0001\u0002 nonsense\r\n\r\n");

            assertThat(wire.answers()).startsWith("HTTP/1.1 400 Bad Request").contains("connection: close");
            assertThat(wire.isOpen()).isFalse();
        }

        @Test
        void answersABugWith500AndGoesOn() {
            Route broken = Route.below("/broken", (ctx, request) -> {
                throw new IllegalStateException("expected by this test");
            });
            Wire wire = new Wire(EXTRA, broken, answering("/a", "fine"));

            assertThat(wire.ask("GET /broken")).startsWith("HTTP/1.1 500 ").doesNotContain("expected by this test");
            assertThat(wire.ask("GET /a")).startsWith("HTTP/1.1 200 ").endsWith("fine");
        }

        @Test
        void dropsASecondAnswerToOneRequest() {
            Route twice = Route.below("/twice", (ctx, request) -> {
                Reply.to(ctx, request).send(OK, Reply.HTML, "once");
                throw new IllegalStateException("expected by this test");
            });

            assertThat(new Wire(twice).ask("GET /twice")).endsWith("once");
        }

        @Test
        void closesAConnectionThatFails() {
            for (Throwable fault : List.of(new IOException("reset"), new IllegalStateException("bug"))) {
                EmbeddedChannel channel = new EmbeddedChannel(new Router(List.of(), Map.of()));
                channel.pipeline().fireExceptionCaught(fault);
                assertThat(channel.isOpen()).isFalse();
            }
        }
    }

    @Nested
    final class Replies {

        @Test
        void keepTheConnectionUnlessTheClientWantsItClosed() {
            Wire wire = new Wire(answering("/a", "fine"));

            assertThat(wire.ask("GET /a")).doesNotContain("connection:");
            assertThat(wire.isOpen()).isTrue();
            assertThat(wire.ask("GET /a", "Connection: close")).contains("connection: close");
            assertThat(wire.isOpen()).isFalse();
        }

        @Test
        void keepAnHttp10ConnectionOnlyWhenAsked() {
            Wire wire = new Wire(answering("/a", "fine"));

            wire.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(wire.answers()).contains("connection: keep-alive");
            wire.send("GET /a HTTP/1.0\r\n\r\n");
            assertThat(wire.answers()).contains("connection: close").endsWith("fine");
            assertThat(wire.isOpen()).isFalse();
        }

        @Test
        void sendTheHeadersAloneForHead() {
            assertThat(new Wire(answering("/a", "fine")).ask("HEAD /a"))
                    .contains("content-length: 4")
                    .endsWith("\r\n\r\n");
        }
    }

    static Route answering(String path, String body) {
        return Route.below(path, (ctx, request) -> Reply.to(ctx, request).send(OK, Reply.HTML, body));
    }
}
