package dev.echoserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ClientScriptsTest {
    private final Wire wire = new Wire(new ClientScripts("/socket.io", 2));

    @Nested
    final class Scripts {

        @Test
        void areVersion2UnlessSaidOtherwise() {
            assertThat(wire.ask("GET /socket.io/socket.io.js?v=1"))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("content-type: application/javascript\r\n")
                    .contains("etag: \"2.5.0\"", "cache-control: public, max-age=0", "access-control-allow-origin: *")
                    .contains("Socket.IO v2.5.0");
        }

        @Test
        void areVersion4WhereTheConfigurationSaysSo() {
            Wire four = new Wire(new ClientScripts("/rt/", 4));

            assertThat(four.ask("GET /rt/socket.io.js")).contains("etag: \"4.", "Socket.IO v4.");
            assertThat(four.ask("GET /rt/v2/socket.io.js")).contains("etag: \"2.5.0\"", "Socket.IO v2.5.0");
            assertThat(four.ask("GET /socket.io/socket.io.js")).contains("404 Not Found");
        }

        @Test
        void areTheOnesTheirPathNames() {
            assertThat(wire.ask("GET /socket.io/v2/socket.io.js")).contains("Socket.IO v2.5.0");
            assertThat(wire.ask("GET /socket.io/v4/socket.io.js")).contains("Socket.IO v4.");
        }

        @Test
        void comeWithTheirMaps() {
            for (String folder : List.of("/socket.io/", "/socket.io/v2/", "/socket.io/v4/")) {
                assertThat(wire.ask("HEAD " + folder + "socket.io.js.map"))
                        .contains("200 OK", "content-type: application/json");
            }
        }

        @Test
        void areOnlyRead() {
            assertThat(wire.ask("POST /socket.io/socket.io.js", "Content-Length: 0"))
                    .contains("404 Not Found");
        }
    }

    @Nested
    final class HeldCopies {

        @Test
        void areConfirmedWithoutABody() {
            for (String tag : List.of("\"2.5.0\"", "W/\"2.5.0\"", "\"1\", \"2.5.0\"", "*")) {
                assertThat(wire.ask("GET /socket.io/socket.io.js", "If-None-Match: " + tag))
                        .as(tag)
                        .startsWith("HTTP/1.1 304 ")
                        .contains("etag: \"2.5.0\"")
                        .endsWith("\r\n\r\n");
            }
        }

        @Test
        void areReplacedWhenOfAnotherVersion() {
            assertThat(wire.ask("HEAD /socket.io/v4/socket.io.js", "If-None-Match: \"2.5.0\""))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void existInTwoVersionsOnly() {
        assertThatThrownBy(() -> new ClientScripts("/socket.io", 3)).hasMessage("version: 3 (expected: one of [2, 4])");
    }
}
