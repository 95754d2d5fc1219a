package dev.echoserver.conformance;

import static dev.echoserver.testing.RawWebSocket.BINARY;
import static dev.echoserver.testing.RawWebSocket.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.conformance.ConformanceServer.Kind;
import dev.echoserver.testing.RawWebSocket;
import dev.echoserver.testing.SocketServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server of Socket.IO, revision 5, must do.
 *
 * <p>Source: Socket.IO protocol, revision 5; its test suite asks for the same.
 */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SocketIoConformanceIT {
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String TWO_PLACEHOLDERS =
            "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}";

    private final SocketServer server = ConformanceServer.start(0, Kind.SOCKET);

    @BeforeAll
    void warmUp() throws IOException {
        connected().close(); // The heartbeat is short: no test may be slow for the sake of class loading.
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private RawWebSocket open() throws IOException {
        RawWebSocket socket = RawWebSocket.open(server.port(), WEBSOCKET);
        assertThat(socket.text()).startsWith("0{");
        return socket;
    }

    private RawWebSocket connected() throws IOException {
        RawWebSocket socket = open();
        assertThat(socket.send("40").text()).startsWith("40{");
        assertThat(socket.text()).isEqualTo("42[\"auth\",{}]");
        return socket;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\'',
            value = {
                "40 40 42[\"auth\",{}]",
                "40{\"token\":\"123\"} 40 42[\"auth\",{\"token\":\"123\"}]",
                "40/custom, 40/custom, 42/custom,[\"auth\",{}]",
                "40/custom,{\"token\":\"abc\"} 40/custom, 42/custom,[\"auth\",{\"token\":\"abc\"}]"
            })
    void connectsToANamespace(String connect, String prefix, String event) throws IOException {
        try (RawWebSocket socket = open()) {
            assertThat(socket.send(connect).text()).startsWith(prefix).matches("[^{]*\\{\"sid\":\"[^\"]+\"}");
            assertThat(socket.text()).isEqualTo(event);
        }
    }

    @Test
    void refusesAnUnknownNamespace() throws IOException {
        try (RawWebSocket socket = open()) {
            assertThat(socket.send("40/random").text()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4abc", "40[]", "42[\"message\"]", "4"})
    void closesAConnectionThatDoesNotBeginWithAConnectPacket(String packet) throws IOException {
        try (RawWebSocket socket = open()) {
            assertThat(socket.send(packet).frame().head()).isEqualTo(CLOSE);
        }
    }

    @Test
    void closesAConnectionThatNeverConnects() throws IOException {
        try (RawWebSocket socket = open()) {
            assertThat(socket.text()).isEqualTo("2");
            socket.send("3");

            long heartbeatBytes = 3;
            assertThat(socket.awaitEnd()).isLessThan(4 * heartbeatBytes); // One second.
        }
    }

    @Test
    void forgetsWhoDisconnects() throws IOException {
        try (RawWebSocket socket = connected()) {
            assertThat(socket.send("40/custom").text()).startsWith("40/custom,{");
            assertThat(socket.text()).startsWith("42/custom,[\"auth\"");

            socket.send("41/custom").send("42[\"message\",\"to the main namespace\"]");
            assertThat(socket.text()).isEqualTo("42[\"message-back\",\"to the main namespace\"]");

            assertThat(socket.send("41").send("42[\"message\"]").frame().head()).isEqualTo(CLOSE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\'',
            value = {
                "42[\"message\",1,\"2\",{\"3\":[true]}] 42[\"message-back\",1,\"2\",{\"3\":[true]}]",
                "42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}] 43456[1,\"2\",{\"3\":[false]}]"
            })
    void answersEvents(String event, String answer) throws IOException {
        try (RawWebSocket socket = connected()) {
            assertThat(socket.send(event).text()).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\'',
            value = {"452-[\"message\",# 452-[\"message-back\",#", "452-789[\"message-with-ack\",# 462-789[#"})
    void answersEventsWithAttachments(String event, String answer) throws IOException {
        byte[][] attachments = {{1, 2, 3}, {4, 5, 6}};
        try (RawWebSocket socket = connected()) {
            socket.send(event.replace("#", TWO_PLACEHOLDERS + "]"));
            for (byte[] attachment : attachments) {
                socket.send(BINARY, attachment);
            }
            assertThat(socket.text()).isEqualTo(answer.replace("#", TWO_PLACEHOLDERS + "]"));
            for (byte[] attachment : attachments) {
                assertThat(socket.frame().content()).isEqualTo(attachment);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4abc", "42{}", "42abc", "452-[]"})
    void closesAConnectionThatSendsAMalformedPacket(String packet) throws IOException {
        try (RawWebSocket socket = connected()) {
            assertThat(socket.send(packet).frame().head()).isEqualTo(CLOSE);
        }
    }
}
