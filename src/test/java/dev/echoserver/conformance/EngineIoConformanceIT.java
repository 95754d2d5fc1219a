package dev.echoserver.conformance;

import static dev.echoserver.testing.RawWebSocket.BINARY;
import static dev.echoserver.testing.RawWebSocket.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.conformance.ConformanceServer.Kind;
import dev.echoserver.testing.HttpReply;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import dev.echoserver.testing.SocketServer;
import java.io.IOException;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server of Engine.IO 4 must do.
 *
 * <p>Source: Engine.IO protocol, revision 4; its test suite asks for the same.
 */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EngineIoConformanceIT {
    private static final String PATH = "/engine.io/?EIO=4";
    private static final String POLLING = "/engine.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/engine.io/?EIO=4&transport=websocket";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SocketServer server = ConformanceServer.start(0, Kind.ENGINE);

    @BeforeAll
    void warmUp() throws IOException {
        webSocket().close(); // The heartbeat is short: no test may be slow for the sake of class loading.
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private PollingClient polling() throws IOException {
        return PollingClient.open(server.port(), PATH);
    }

    private RawWebSocket webSocket() throws IOException {
        RawWebSocket socket = RawWebSocket.open(server.port(), WEBSOCKET);
        assertThat(socket.text()).startsWith("0{");
        return socket;
    }

    private RawWebSocket webSocketFor(PollingClient client) throws IOException {
        return RawWebSocket.open(server.port(), WEBSOCKET + "&sid=" + client.sid());
    }

    private int status(String method, String target) throws IOException {
        return PollingClient.exchange(server.port(), RawConnection.request(method, target, "Content-Length: 0"))
                .status();
    }

    private static void assertSettings(String open, String... upgrades) throws IOException {
        assertThat(open).startsWith("0");
        JsonNode data = JSON.readTree(open.substring(1));
        assertThat(data.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(data.path("sid").isTextual()).isTrue();
        assertThat(data.path("upgrades")).extracting(JsonNode::asText).containsExactly(upgrades);
        assertThat(data.path("pingInterval").intValue()).isEqualTo(300);
        assertThat(data.path("pingTimeout").intValue()).isEqualTo(200);
        assertThat(data.path("maxPayload").intValue()).isEqualTo(1_000_000);
    }

    @Nested
    final class TheHandshake {

        @Test
        void opensASession() throws IOException {
            HttpReply reply = polling().handshake();

            assertThat(reply.status()).isEqualTo(200);
            assertSettings(reply.text(), "websocket");
            try (RawWebSocket socket = RawWebSocket.open(server.port(), WEBSOCKET)) {
                assertSettings(socket.text());
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/engine.io/?transport=polling",
                    "/engine.io/?EIO=abc&transport=polling",
                    "/engine.io/?EIO=4",
                    "/engine.io/?EIO=4&transport=abc"
                })
        void isRefusedForAnotherVersionOrTransport(String target) throws IOException {
            assertThat(status("GET", target)).isEqualTo(400);
            assertThatThrownBy(() -> RawWebSocket.open(server.port(), target.replace("polling", "websocket")))
                    .hasMessageContaining("400");
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT"})
        void isRefusedForAnotherMethod(String method) throws IOException {
            assertThat(status(method, POLLING)).isEqualTo(400);
        }
    }

    @Nested
    final class Messages {

        @ParameterizedTest
        @ValueSource(strings = {"4hello", "4test1\u001e4test2\u001e4test3", "4hello\u001ebAQIDBA=="})
        void travelByPolling(String payload) throws IOException {
            PollingClient client = polling();

            assertThat(client.post(payload).summary()).isEqualTo("200 ok");
            assertThat(client.poll().summary()).isEqualTo("200 " + payload);
        }

        @Test
        void travelByWebSocket() throws IOException {
            try (RawWebSocket socket = webSocket()) {
                assertThat(socket.send("4hello").text()).isEqualTo("4hello");

                RawWebSocket.Frame echo =
                        socket.send(BINARY, new byte[] {1, 2, 3, 4}).frame();
                assertThat(echo.head()).isEqualTo(BINARY);
                assertThat(echo.content()).containsExactly(1, 2, 3, 4);
            }
        }

        @Test
        void thatAreMalformedEndTheSession() throws IOException {
            PollingClient client = polling();
            assertThat(client.post("abc").status()).isEqualTo(400);
            assertThat(client.poll().status()).isEqualTo(400);

            try (RawWebSocket socket = webSocket()) {
                assertThat(socket.send("abc").frame().head()).isEqualTo(CLOSE);
            }
        }

        @Test
        void thatArePolledForTwiceAtOnceEndTheSession() throws IOException {
            PollingClient client = polling();
            try (RawConnection one = client.beginPoll();
                    RawConnection two = client.beginPoll()) {
                List<String> answers =
                        List.of(one.reply().summary(), two.reply().summary());

                assertThat(answers).contains("200 1").anyMatch(answer -> answer.startsWith("400 "));
            }
            assertThat(client.poll().status()).isEqualTo(400);
        }
    }

    @Nested
    final class TheHeartbeat {

        @Test
        void keepsSessionsWhoseClientAnswers() throws IOException {
            PollingClient client = polling();
            try (RawWebSocket socket = webSocket()) {
                for (int i = 0; i < 3; i++) {
                    assertThat(client.poll().summary()).isEqualTo("200 2");
                    assertThat(client.post("3").summary()).isEqualTo("200 ok");
                    assertThat(socket.text()).isEqualTo("2");
                    socket.send("3");
                }
            }
        }

        @Test
        void endsTheOthers() throws IOException {
            PollingClient client = polling();
            try (RawWebSocket socket = webSocket()) {
                assertThat(socket.text()).isEqualTo("2");
                assertThat(socket.awaitEnd()).isZero();
            }
            Awaitility.await().until(() -> client.poll().status() == 400);
        }
    }

    @Nested
    final class Closing {

        @Test
        void letsTheParkedPollReturn() throws IOException {
            PollingClient client = polling();
            try (RawConnection poll = client.beginPoll()) {
                assertThat(client.post("1").summary()).isEqualTo("200 ok");
                assertThat(poll.reply().summary()).isIn("200 6", "400 " + UNKNOWN);
            }
            assertThat(client.poll().status()).isEqualTo(400);
        }

        /** Where the poll was overtaken by the close packet. */
        private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";

        @Test
        void closesTheWebSocket() throws IOException {
            try (RawWebSocket socket = webSocket()) {
                socket.send("1").awaitEnd();
            }
        }
    }

    @Nested
    final class TheUpgrade {

        @Test
        void movesTheSession() throws IOException {
            PollingClient client = polling();
            try (RawWebSocket socket = webSocketFor(client)) {
                assertThat(socket.send("2probe").text()).isEqualTo("3probe");
                assertThat(client.poll().summary()).isEqualTo("200 6");
                assertThat(socket.send("5").send("4hello").text()).isEqualTo("4hello");
            }
        }

        @Test
        void leavesNothingForPolls() throws IOException {
            PollingClient client = polling();
            try (RawWebSocket socket = webSocketFor(client)) {
                socket.send("2probe").send("5");

                assertThat(client.poll().status()).isEqualTo(400);
                assertThat(socket.text()).isEqualTo("3probe");
                assertThat(socket.send("4hello").text()).isEqualTo("4hello");
            }
        }

        @Test
        void leavesNothingForASecondWebSocket() throws IOException {
            PollingClient client = polling();
            try (RawWebSocket socket = webSocketFor(client)) {
                socket.send("2probe").send("5");

                try (RawWebSocket second = webSocketFor(client)) {
                    assertThat(second.send("2probe").frame().head()).isEqualTo(RawWebSocket.CLOSE);
                    second.awaitEnd();
                }
                assertThat(socket.text()).isEqualTo("3probe");
                assertThat(socket.send("4hello").text()).isEqualTo("4hello");
            }
        }
    }
}
