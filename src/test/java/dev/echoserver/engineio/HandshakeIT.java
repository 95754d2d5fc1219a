package dev.echoserver.engineio;

import static dev.echoserver.engineio.EngineServer.V3;
import static dev.echoserver.engineio.EngineServer.V4;
import static dev.echoserver.testing.PollingClient.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.EngineIoSettings.SessionCookie;
import dev.echoserver.testing.HttpReply;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class HandshakeIT {
    private static final String POLLING = "&transport=polling";
    private static final String PAGE = "https://page.example:8443";

    @Nested
    final class ARequestThatIsWrong {

        @ParameterizedTest
        @CsvSource({
            "GET,    EIO=4,                                    0, Transport unknown",
            "GET,    EIO=4&transport=,                         0, Transport unknown",
            "GET,    EIO=4&transport=flashsocket,              0, Transport unknown",
            "GET,    EIO=4&transport=constructor,              0, Transport unknown",
            "GET,    EIO=4&transport=polling&sid=nobody,       1, Session ID unknown",
            "POST,   EIO=4&transport=polling&sid=nobody,       1, Session ID unknown",
            "GET,    EIO=4&transport=polling&sid=,             1, Session ID unknown",
            "GET,    EIO=4&transport=polling&sid=%00%2e%2e,    1, Session ID unknown",
            "POST,   EIO=4&transport=polling,                  2, Bad handshake method",
            "PUT,    EIO=4&transport=polling,                  2, Bad handshake method",
            "DELETE, EIO=4&transport=polling,                  2, Bad handshake method",
            "GET,    EIO=4&transport=websocket,                3, Bad request",
            "GET,    EIO=4&transport=polling&x=%zz,            3, Bad request",
        })
        void isToldWhy(String method, String query, int code, String message) throws IOException {
            try (EngineServer server = EngineServer.start()) {
                String request = RawConnection.request(method, "/engine.io/?" + query, "Origin: " + PAGE);

                HttpReply reply = exchange(server.port(), request);

                assertThat(reply.summary()).isEqualTo("400 {\"code\":" + code + ",\"message\":\"" + message + "\"}");
                assertThat(reply.header("content-type")).isEqualTo("application/json");
                assertThat(reply.header("access-control-allow-origin")).isEqualTo(PAGE);
                assertThat(server.sessionCount()).isZero();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "EIO=4&transport=websocket&sid=nobody, 1, Session ID unknown",
            "EIO=4&transport=polling,              3, Bad request",
        })
        void isToldWhyOverAConnectionThatWantedToBeAWebSocket(String query, int code, String message)
                throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawConnection connection = RawConnection.to(server.port())) {
                connection.write(RawWebSocket.handshakeRequest("/engine.io/?" + query));

                assertThat(connection.reply().summary())
                        .isEqualTo("400 {\"code\":" + code + ",\"message\":\"" + message + "\"}");
                assertThat(connection.awaitEnd()).isZero();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 12",
            "Sec-WebSocket-Version: 13, X: y",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, X: y",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key:",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSE=",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: dGhl-HNhbXBsZSBub25jZQ==",
        })
        void isRefusedIfItIsNoWebSocketHandshake(String header, String instead) throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawConnection connection = RawConnection.to(server.port())) {
                String proper = RawWebSocket.handshakeRequest(V4 + "&transport=websocket");
                connection.write(proper.replace(header, instead));

                HttpReply reply = connection.reply();
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.header("sec-websocket-version")).isEqualTo("13");
                assertThat(connection.awaitEnd()).isZero();
                assertThat(server.sessionCount()).isZero();
            }
        }

        @ParameterizedTest
        @CsvSource({"V3, EIO=4", "V4, EIO=3", "V4, ''"})
        void isRefusedForASessionOfAnotherProtocol(Protocol protocol, String eio) throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(protocol == Protocol.V3 ? V3 : V4);
                String target = "/engine.io/?" + eio + "&transport=polling&sid=" + client.sid();

                assertThat(exchange(server.port(), RawConnection.request("GET", target))
                                .summary())
                        .isEqualTo("400 {\"code\":3,\"message\":\"Bad request\"}");
                client.post(protocol == Protocol.V3 ? "6:4still" : "4still");
                assertThat(client.poll().text()).endsWith("4still");
            }
        }

        @ParameterizedTest
        @CsvSource({"POLLING, websocket", "WEBSOCKET, polling"})
        void isRefusedForATransportThatIsNotOffered(TransportName offered, String asked) throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.transports = Set.of(offered))) {
                String request = RawConnection.request("GET", V4 + "&transport=" + asked);

                assertThat(exchange(server.port(), request).text()).contains("\"code\":0");
            }
        }
    }

    @Nested
    final class APageOfAnotherOrigin {

        @Test
        void mayAskBefore() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                HttpReply reply = exchange(
                        server.port(),
                        RawConnection.request(
                                "OPTIONS",
                                V4 + POLLING,
                                "Origin: " + PAGE,
                                "Access-Control-Request-Method: POST",
                                "Access-Control-Request-Headers: X-One, X-Two"));

                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.header("access-control-allow-methods")).contains("GET", "POST");
                assertThat(reply.header("access-control-allow-headers")).isEqualTo("X-One, X-Two");
                assertAllowed(reply);
                assertThat(server.sessionCount()).isZero();
            }
        }

        @Test
        void readsEveryAnswerWithItsCredentials() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                HttpReply opened =
                        exchange(server.port(), RawConnection.request("GET", V4 + POLLING, "Origin: " + PAGE));

                assertThat(opened.text()).startsWith("0{");
                assertAllowed(opened);
            }
        }

        /** Without the headers a browser would say that CORS is wrong, not that the request is too large. */
        @Test
        void readsThatItsRequestIsTooLarge() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.maxPayloadBytes = 1000)) {
                String target = server.polling(V4).target();
                for (String size : List.of("Content-Length: 1001", "Transfer-Encoding: chunked")) {
                    try (RawConnection connection = RawConnection.to(server.port())) {
                        connection.write(RawConnection.request("POST", target, "Origin: " + PAGE, size));
                        connection.write("3ea\r\n" + "x".repeat(1002) + "\r\n0\r\n\r\n");
                        HttpReply reply = connection.reply();

                        assertThat(reply.status()).isEqualTo(413);
                        assertAllowed(reply);
                    }
                }
            }
        }

        private static void assertAllowed(HttpReply reply) {
            assertThat(reply.header("access-control-allow-origin")).isEqualTo(PAGE);
            assertThat(reply.header("access-control-allow-credentials")).isEqualTo("true");
            assertThat(reply.header("vary")).isEqualToIgnoringCase("origin");
        }

        @ParameterizedTest
        @CsvSource({
            "Origin: https://page.example:8443,       200",
            "Referer: https://page.example:8443/a?b,  200",
            "Origin: https://page.example,            403",
            "Origin: http://page.example:8443,        403",
            "Origin: https://evil-page.example:8443,  403",
            "Origin: https://page.example:8443.evil,  403",
            "Origin: null,                            403",
            "X-Nothing: here,                         403",
        })
        void isRefusedIfItIsNotAllowed(String header, int status) throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.origins = new Origins(Set.of(PAGE)))) {
                HttpReply polling = exchange(server.port(), RawConnection.request("GET", V4 + POLLING, header));
                assertThat(polling.status()).isEqualTo(status);
                if (status == 403) {
                    assertThat(polling.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
                }
                try (RawConnection connection = RawConnection.to(server.port())) {
                    connection.write(RawWebSocket.handshakeRequest(V4 + "&transport=websocket", header));
                    assertThat(connection.status()).isEqualTo(status == 200 ? 101 : 403);
                }
            }
        }
    }

    @Nested
    final class ASession {

        @Test
        void isToldTheSettings() throws IOException {
            try (EngineServer server = EngineServer.start(s -> {
                s.pings(1500, 700);
                s.maxPayloadBytes = 12_345;
            })) {
                String common =
                        "{\"sid\":\"sid-1\",\"upgrades\":[\"websocket\"],\"pingInterval\":1500,\"pingTimeout\":700";
                assertThat(server.polling(V4).handshake().text()).isEqualTo("0" + common + ",\"maxPayload\":12345}");
                String v3 = "0" + common.replace("sid-1", "sid-2") + "}";
                assertThat(server.polling(V3).handshake().text()).isEqualTo(v3.length() + ":" + v3);
            }
        }

        @Test
        void isNamedByACookieThatIsNeverRead() throws IOException {
            SessionCookie cookie = new SessionCookie("io", List.of("Path=/", "HttpOnly", "SameSite=Strict"));
            try (EngineServer server = EngineServer.start(s -> s.cookie = Optional.of(cookie))) {
                PollingClient victim = server.polling(V4);
                assertThat(victim.handshake().header("set-cookie"))
                        .isEqualTo("io=sid-1; Path=/; HttpOnly; SameSite=Strict");
                try (RawWebSocket socket = RawWebSocket.open(server.port(), V4 + "&transport=websocket")) {
                    assertThat(socket.handshake().header("set-cookie")).startsWith("io=sid-2;");
                }

                String[] stolen = {"Cookie: io=sid-1; sid=sid-1", "sid: sid-1", "X-Sid: sid-1"};
                assertThat(exchange(server.port(), RawConnection.request("GET", V4 + POLLING, stolen))
                                .text())
                        .startsWith("0{\"sid\":\"sid-3\"");
                assertThat(exchange(server.port(), RawConnection.request("POST", V4 + POLLING, stolen))
                                .text())
                        .contains("\"code\":2");
                assertThat(victim.post("4mine").text()).isEqualTo("ok");
                assertThat(victim.poll().text()).isEqualTo("4mine");
            }
        }

        @Test
        void isNotReachedThroughAnotherTransport() throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(V4)) {
                String target = V4 + POLLING + "&sid=sid-1";

                assertThat(exchange(server.port(), RawConnection.request("GET", target))
                                .text())
                        .contains("\"code\":3");
                assertThat(exchange(server.port(), RawConnection.postHead(target, "text/plain", 5) + "4evil")
                                .text())
                        .contains("\"code\":3");
                assertThat(socket.send("4mine").text()).isEqualTo("4mine");
            }
        }
    }

    @Nested
    final class AClientThatNamesNoRevision {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "transport=polling&b64=1",
                    "transport=polling",
                    "EIO=&transport=polling",
                    "EIO=2&transport=polling",
                    "EIO=5&transport=polling"
                })
        void speaksTheThird(String query) throws IOException {
            try (EngineServer server = EngineServer.start()) {
                String request = RawConnection.request("GET", "/engine.io/?" + query);

                assertThat(exchange(server.port(), request).text()).matches("\\d+:0\\{\"sid\".*");
            }
        }

        @Test
        void pollsAndPostsAndUpgrades() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling("/engine.io/?");
                client.post("6:4hello");
                assertThat(client.poll().text()).isEqualTo("6:4hello");

                try (RawWebSocket socket = server.probe(client)) {
                    assertThat(socket.send("2probe").text()).isEqualTo("3probe");
                    assertThat(client.poll().text()).isEqualTo("1:6");
                    assertThat(socket.send("5").send("4moved").text()).isEqualTo("4moved");
                }
            }
        }

        @Test
        void mayConnectByWebSocketAlone() throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = RawWebSocket.open(server.port(), "/engine.io/?transport=websocket")) {
                assertThat(socket.text()).startsWith("0{\"sid\"");
                assertThat(socket.send("2").text()).isEqualTo("3");
            }
        }
    }

    @Nested
    final class ManyRequests {
        private static final int COUNT = 4000;

        @Test
        void thatOpenNothingLeaveNothing() throws IOException {
            String preflight = RawConnection.request("OPTIONS", V4 + POLLING, "Origin: " + PAGE);
            String post = RawConnection.postHead(V4 + POLLING, "text/plain", 2) + "4x";
            try (EngineServer server = EngineServer.start();
                    RawConnection connection = RawConnection.to(server.port())) {
                for (int i = 0; i < COUNT / 2; i++) {
                    assertThat(connection.write(preflight).reply().status()).isEqualTo(200);
                    assertThat(connection.write(post).reply().status()).isEqualTo(400);
                }
                assertThat(server.sessionCount()).isZero();
            }
        }
    }

    @Nested
    final class AConnection {

        @Test
        void onWhichNoRequestComesIsClosed() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.times = TestSettings.times(200));
                    RawConnection connection = RawConnection.to(server.port())) {
                assertThat(connection.awaitEnd()).isZero();
            }
        }
    }
}
