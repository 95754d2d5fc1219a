package dev.echoserver.engineio;

import static dev.echoserver.engineio.EngineServer.V4;
import static dev.echoserver.testing.RawWebSocket.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How transports end whose clients are to come back, and those whose clients broke a rule. */
@Timeout(30)
final class TransportEndIT {
    private static final String UNKNOWN_SID = "400 {\"code\":1,\"message\":\"Session ID unknown\"}";

    private static void sayLastWord(Session session) {
        session.sendText("last word");
        session.end(CloseReason.FORCED_CLOSE);
    }

    @Nested
    final class OfAWebSocket {

        @ParameterizedTest
        @EnumSource(names = {"PING_TIMEOUT", "FORCED_CLOSE", "SLOW_READER", "SERVER_SHUTTING_DOWN"})
        void isThatOfItsConnectionWithoutACloseFrame(CloseReason reason) throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(V4)) {
                server.run("sid-1", session -> {
                    session.sendText("last word");
                    session.end(reason);
                });

                assertThat(socket.text()).isEqualTo("4last word");
                assertThat(socket.awaitEnd()).isZero();
                server.awaitEnded(reason);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"TRANSPORT_ERROR", "PARSE_ERROR"})
        void isACloseFrameIfTheClientIsAtFault(CloseReason reason) throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(V4)) {
                server.run("sid-1", session -> session.end(reason));

                assertThat(socket.frame().head()).isEqualTo(CLOSE);
                assertThat(socket.awaitEnd()).isZero();
                server.awaitEnded(reason);
            }
        }

        /** Closed at once, the connection would be reset because of what the client sends, and most would be lost. */
        @Test
        void losesNothingThatWasSentToAClientThatIsSending() throws IOException {
            String large = "x".repeat(3 << 20);
            try (EngineServer server = EngineServer.start(s -> s.maxPayloadBytes = 1 << 20);
                    RawWebSocket socket = server.webSocket(V4)) {
                server.run("sid-1", session -> {
                    session.sendText(large);
                    session.end(CloseReason.FORCED_CLOSE);
                });
                server.awaitEnded(CloseReason.FORCED_CLOSE);
                for (int i = 0; i < 100; i++) {
                    socket.send("4" + "y".repeat(1 << 10));
                }

                assertThat(socket.text()).hasSize(1 + large.length());
                assertThat(socket.awaitEnd()).isZero();
            }
        }

        @Test
        void isOverSoonForAClientThatDoesNotCloseToo() throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(V4)) {
                server.run("sid-1", session -> session.end(CloseReason.FORCED_CLOSE));
                assertThat(socket.awaitEnd()).isZero();

                Awaitility.await()
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> !canSend(socket)); // A closed connection answers with a reset.
            }
        }

        private static boolean canSend(RawWebSocket socket) {
            try {
                socket.send("4anybody there?");
                return true;
            } catch (IOException reset) {
                return false;
            }
        }
    }

    @Nested
    final class OfPolling {

        @Test
        void isAnErrorForTheParkedPoll() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                try (RawConnection poll = client.beginPoll()) {
                    server.run(client.sid(), session -> session.end(CloseReason.FORCED_CLOSE));

                    assertThat(poll.reply().summary()).isEqualTo(UNKNOWN_SID);
                }
                server.awaitEnded(CloseReason.FORCED_CLOSE);
                assertThat(client.poll().summary()).isEqualTo(UNKNOWN_SID);
            }
        }

        @Test
        void comesBehindWhatWasSentToTheParkedPoll() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                try (RawConnection poll = client.beginPoll()) {
                    server.run(client.sid(), TransportEndIT::sayLastWord);

                    assertThat(poll.reply().summary()).isEqualTo("200 4last word");
                }
                assertThat(client.poll().summary()).isEqualTo(UNKNOWN_SID);
            }
        }

        @Test
        void waitsForTheClientToPollWhatWasSent() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                server.run(client.sid(), TransportEndIT::sayLastWord);
                Awaitility.await().until(() -> !server.ended().isEmpty());

                assertThat(client.poll().summary()).isEqualTo("200 4last word");
                assertThat(client.poll().summary()).isEqualTo(UNKNOWN_SID);
            }
        }
    }
}
