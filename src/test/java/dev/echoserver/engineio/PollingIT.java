package dev.echoserver.engineio;

import static dev.echoserver.engineio.EngineServer.V3;
import static dev.echoserver.engineio.EngineServer.V4;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.http.Router;
import dev.echoserver.testing.CapturedLog;
import dev.echoserver.testing.HttpReply;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawConnection;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class PollingIT {
    private static final String UNKNOWN_SID = "400 {\"code\":1,\"message\":\"Session ID unknown\"}";
    private static final String BAD_REQUEST = "400 {\"code\":3,\"message\":\"Bad request\"}";
    private static final String FORM = "application/x-www-form-urlencoded";

    @Nested
    final class AParkedPoll {

        @Test
        void returnsWithAnErrorWhenThePingIsNotAnswered() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.pings(50, 100))) {
                PollingClient client = server.polling(V4);

                assertThat(client.poll().text()).isEqualTo("2");
                assertThat(client.poll().summary()).isEqualTo(UNKNOWN_SID);
                server.awaitEnded(CloseReason.PING_TIMEOUT);
            }
        }

        @Test
        void returnsWithAnErrorWhenAnEngineIo3ClientDoesNotPing() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.pings(50, 100))) {
                assertThat(server.polling(V3).poll().summary()).isEqualTo(UNKNOWN_SID);
                server.awaitEnded(CloseReason.PING_TIMEOUT);
            }
        }

        @Test
        void returnsEmptyHandedWhenTheClientCloses() throws IOException {
            // One loop, so that the poll is there before the close packet.
            try (EngineServer server = EngineServer.start(s -> s.loops = 1)) {
                PollingClient client = server.polling(V4);
                try (RawConnection poll = client.beginPoll()) {
                    assertThat(client.post("1").summary()).isEqualTo("200 ok");
                    assertThat(poll.reply().summary()).isEqualTo("200 6");
                }
                server.awaitEnded(CloseReason.TRANSPORT_CLOSE);
            }
        }

        @Test
        void endsTheSessionTogetherWithASecondPoll() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                try (RawConnection one = client.beginPoll();
                        RawConnection two = client.beginPoll()) {
                    List<String> answers =
                            List.of(one.reply().summary(), two.reply().summary());

                    assertThat(answers).containsExactlyInAnyOrder("200 1", BAD_REQUEST);
                }
                server.awaitEnded(CloseReason.TRANSPORT_ERROR);
                assertThat(client.poll().summary()).isEqualTo(UNKNOWN_SID);
            }
        }

        @Test
        void endsTheSessionWhenItIsCancelled() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                server.polling(V4).beginPoll().close();

                server.awaitEnded(CloseReason.TRANSPORT_CLOSE);
            }
        }
    }

    @Nested
    final class APost {

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "9", "4one\u001e", "\u001e4one", "bA", "4one\u001e7"})
        void endsTheSessionIfItIsNoPayload(String garbage) throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);

                assertThat(client.post(garbage).summary()).isEqualTo(BAD_REQUEST);
                server.awaitEnded(CloseReason.PARSE_ERROR);
                assertThat(client.poll().summary()).isEqualTo(UNKNOWN_SID);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "4x", "3:4x", "-1:4x", ":4x", "99999999999:4x", "2:9x", "2:4x1", "4:b4A="})
        void endsTheEngineIo3SessionIfItIsNoPayload(String garbage) throws IOException {
            try (EngineServer server = EngineServer.start()) {
                assertThat(server.polling(V3).post(garbage).summary()).isEqualTo(BAD_REQUEST);
                server.awaitEnded(CloseReason.PARSE_ERROR);
            }
        }

        /** The reference refuses more than 10,000, because it keeps each as an object until the last has come. */
        @Test
        void mayComeInAnyNumberOfPieces() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                String head = RawConnection.request(
                        "POST", client.target(), "Content-Type: text/plain", "Transfer-Encoding: chunked");
                try (RawConnection connection = RawConnection.to(server.port())) {
                    connection.write(head).write("1\r\n4\r\n" + "1\r\nx\r\n".repeat(20_000) + "0\r\n\r\n");
                    assertThat(connection.reply().summary()).isEqualTo("200 ok");
                }
                assertThat(client.poll().text()).isEqualTo("4" + "x".repeat(20_000));
            }
        }

        /** Sessions of both loops, because each is handled apart. */
        @ParameterizedTest
        @ValueSource(strings = {"", "d", "d=", "x=1", "d=%", "d=%zz", "d=4x", "d=3%3A4x", "d=2%3A9x"})
        void endsTheJsonpSessionIfItIsNoPayload(String garbage) throws IOException {
            try (EngineServer server = EngineServer.start()) {
                for (int i = 0; i < 4; i++) {
                    PollingClient client = server.polling(V3 + "&j=0");

                    assertThat(client.post(FORM, garbage.getBytes(UTF_8)).summary())
                            .isEqualTo(BAD_REQUEST);
                }
                Awaitility.await().until(() -> server.sessionCount() == 0);
                assertThat(server.ended()).hasSize(4).containsOnly(CloseReason.PARSE_ERROR);
            }
        }

        @Test
        void endsTheSessionIfItIsNotUtf8() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                HttpReply reply = server.polling(V4).post("text/plain", new byte[] {'4', (byte) 0xC3, '('});

                assertThat(reply.summary()).isEqualTo(BAD_REQUEST);
                server.awaitEnded(CloseReason.PARSE_ERROR);
            }
        }

        @ParameterizedTest
        @CsvSource({"999, 200", "1000, 200", "1001, 413"})
        void mayBeAsLargeAsTheLimit(int bytes, int status) throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.maxPayloadBytes = 1000)) {
                PollingClient client = server.polling(V4);

                HttpReply reply = client.post("4" + "x".repeat(bytes - 1));

                assertThat(reply.status()).isEqualTo(status);
                if (status == 200) {
                    assertThat(client.poll().body()).hasSize(bytes);
                }
                assertThat(server.sessionCount()).isOne();
            }
        }

        /** Sessions of both loops, because each is handled apart. */
        @Test
        void endsItsSessionAloneIfItFindsABug() throws IOException {
            try (EngineServer server = EngineServer.start();
                    CapturedLog log = CapturedLog.of(Refusals.class)) {
                PollingClient bystander = server.polling(V4);
                for (int i = 0; i < 4; i++) {
                    assertThat(server.polling(V4).post("4" + EngineServer.BUG).summary())
                            .isEqualTo("500 Internal Server Error");
                }
                Awaitility.await().until(() -> server.sessionCount() == 1);
                assertThat(bystander.post("4unharmed").summary()).isEqualTo("200 ok");
                assertThat(log.lines(Level.ERROR)).hasSize(1); // The same again is folded.
            }
        }

        @Test
        void thatStopsHalfwayIsClosed() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.times = TestSettings.times(200));
                    CapturedLog log = CapturedLog.of(Router.class)) {
                PollingClient client = server.polling(V4);
                try (RawConnection connection = RawConnection.to(server.port())) {
                    connection.write(RawConnection.postHead(client.target(), "text/plain", 10));
                    connection.write("4half");

                    assertThat(connection.awaitEnd()).isZero();
                }
                assertThat(client.post("4whole").text()).isEqualTo("ok");
                assertThat(log.lines(Level.ERROR)).isEmpty();
            }
        }
    }

    @Nested
    final class Content {

        @Test
        void keepsEveryCharacter() throws IOException {
            String tricky = "é中😀\u2028\\n\n\"\u0000";
            try (EngineServer server = EngineServer.start()) {
                PollingClient v4 = server.polling(V4);
                v4.post("4" + tricky + "\u001e4next");
                assertThat(v4.poll().text()).isEqualTo("4" + tricky + "\u001e4next");

                PollingClient v3 = server.polling(V3);
                String payload = (tricky.length() + 1) + ":4" + tricky + "5:4next";
                v3.post(payload);
                assertThat(v3.poll().text()).isEqualTo(payload);
            }
        }

        @Test
        void isBinaryForEngineIo3InBothDirections() throws IOException {
            byte[] payload = {0, 2, (byte) 255, '4', 'a', 1, 4, (byte) 255, 4, 0, (byte) 0x80, (byte) 0xFF};
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V3);

                assertThat(client.post("application/octet-stream", payload).text())
                        .isEqualTo("ok");
                HttpReply reply = client.poll();

                assertThat(reply.header("content-type")).isEqualTo("application/octet-stream");
                assertThat(reply.body()).isEqualTo(payload);
            }
        }

        @Test
        void isBase64ForEngineIo4AndWhereTheClientAsksForIt() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient v4 = server.polling(V4);
                v4.post("bAP8=");
                assertThat(v4.poll().text()).isEqualTo("bAP8=");

                PollingClient v3 = server.polling(V3 + "&b64=1");
                v3.post("6:b4AP8=");
                assertThat(v3.poll().text()).isEqualTo("6:b4AP8=");
            }
        }

        @Test
        void travelsByJsonpToo() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V3 + "&j=7);evil(");
                assertThat(client.handshake().text()).startsWith("___eio[7](\"").endsWith("\");");

                // The client writes a line feed as \n, and a backslash before an n as \\n.
                String form = "d=" + URLEncoder.encode("7:4é\\n\\\\n\"\u20286:b4AP8=", UTF_8);
                assertThat(client.post(FORM, form.getBytes(ISO_8859_1)).text()).isEqualTo("ok");
                HttpReply reply = client.poll();

                assertThat(reply.header("content-type")).startsWith("text/javascript");
                assertThat(reply.text()).isEqualTo("___eio[7](\"7:4é\\n\\\\n\\\"\\u20286:b4AP8=\");");
            }
        }
    }

    @Nested
    final class AConnection {

        @Test
        void isClosedBehindTheAnswerIfTheClientWantsThat() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                client.post("4one");
                String poll = RawConnection.request("GET", client.target(), "Connection: close");
                assertAnsweredAndClosed(server, poll, "200 4one");

                client.post("4two");
                assertAnsweredAndClosed(server, "GET " + client.target() + " HTTP/1.0\r\n\r\n", "200 4two");
                assertThat(server.sessionCount()).isOne();
            }
        }

        private static void assertAnsweredAndClosed(EngineServer server, String request, String answer)
                throws IOException {
            try (RawConnection connection = RawConnection.to(server.port())) {
                assertThat(connection.write(request).reply().summary()).isEqualTo(answer);
                assertThat(connection.awaitEnd()).isZero();
            }
        }

        @Test
        void answersPipelinedRequestsInTheirOrder() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                String poll = RawConnection.request("GET", client.target());
                String post = RawConnection.postHead(client.target(), "text/plain", 3) + "4up";
                try (RawConnection connection = RawConnection.to(server.port())) {
                    connection.write(poll + post + poll);
                    server.run(client.sid(), session -> session.sendText("down"));

                    assertThat(connection.reply().summary()).isEqualTo("200 4down");
                    assertThat(connection.reply().summary()).isEqualTo("200 ok");
                    assertThat(connection.reply().summary()).isEqualTo("200 4up");
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD"})
        void doesNothingForAnotherMethod(String method) throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                String request = RawConnection.request(method, client.target(), "Connection: close");
                try (RawConnection connection = RawConnection.to(server.port())) {
                    assertThat(connection.write(request).status()).isEqualTo(400);
                }
                assertThat(client.post("4still here").text()).isEqualTo("ok");
                assertThat(client.poll().text()).isEqualTo("4still here");
            }
        }
    }
}
