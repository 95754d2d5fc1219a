package dev.echoserver.socketio;

import static dev.echoserver.socketio.RecordingServer.MAX_JSON_DEPTH;
import static dev.echoserver.socketio.RecordingServer.V3;
import static dev.echoserver.socketio.RecordingServer.V4;
import static dev.echoserver.socketio.SocketIoClient.placeholders;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.engineio.EngineIoSettings;
import dev.echoserver.engineio.Refusals;
import dev.echoserver.testing.CapturedLog;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class EventIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null,{\"a\":null,\"b\":{}},[null],[]",
                "0.1e-7,-0,1E400,\"\\u0000\\ud83d\"",
                "{\"a\":1,\"a\":2},\"é中😀\u2028\""
            })
    void keepsItsArgumentsToTheLetter(String arguments) throws IOException {
        String event = "2[\"echo\"," + arguments + "]";
        try (RecordingServer server = RecordingServer.start();
                SocketIoClient client = server.connect(V4)) {
            assertThat(client.send(event).packet()).isEqualTo(event);
            assertThat(client.send("27[\"ask\"," + arguments + "]").packet()).isEqualTo("37[" + arguments + "]");
        }
    }

    @Test
    void mayHoldAHugeNumber() throws IOException {
        String event = "2[\"echo\"," + "7".repeat(1000) + ",0." + "3".repeat(1000) + "]";
        try (RecordingServer server = RecordingServer.start();
                SocketIoClient client = server.connect(V4)) {
            assertThat(client.send(event).packet()).isEqualTo(event);
        }
    }

    @Test
    void mayBeNestedAsDeepAsTheLimit() throws IOException {
        int inner = MAX_JSON_DEPTH - 1;
        try (RecordingServer server = RecordingServer.start();
                SocketIoClient client = server.connect(V4)) {
            String deep = "2[\"echo\"," + "[".repeat(inner) + "]".repeat(inner) + "]";
            assertThat(client.send(deep).packet()).isEqualTo(deep);

            client.send("2[\"echo\"," + "[".repeat(inner + 1) + "]".repeat(inner + 1) + "]")
                    .awaitEnd();
        }
    }

    @Test
    void mayHaveTenAttachments() throws IOException {
        String event = "510-[\"echo\"," + placeholders(10) + "]";
        try (RecordingServer server = RecordingServer.start();
                SocketIoClient client = server.connect(V4)) {
            client.send(event);
            for (byte i = 0; i < 10; i++) {
                client.send(new byte[] {i});
            }
            assertThat(client.packet()).isEqualTo(event);
            for (byte i = 0; i < 10; i++) {
                assertThat(client.attachment()).containsExactly(i);
            }
            client.send("511-[\"echo\"," + placeholders(11) + "]").awaitEnd();
        }
    }

    /** Of Engine.IO 3, because there the client sends the pings. */
    @Test
    void whoseAttachmentsDoNotComeEndsItsConnectionHoweverAliveTheClientIs() throws IOException {
        EngineIoSettings.Pings pings = new EngineIoSettings.Pings(Duration.ofMillis(200), Duration.ofMillis(300));
        try (RecordingServer server = RecordingServer.start(pings);
                CapturedLog log = CapturedLog.of(Refusals.class);
                RawWebSocket client = RawWebSocket.open(server.port(), V3 + "&transport=websocket")) {
            client.send("451-[\"echo\"," + placeholders(1) + "]");
            assertThat(client.text()).startsWith("0{");
            assertThat(client.text()).isEqualTo("40");
            int pongs = 0;
            while (client.send("2").frame().head() == RawWebSocket.TEXT) {
                pongs++;
            }

            assertThat(pongs).isPositive();
            assertThat(log.lines(Level.WARN)).singleElement().asString().contains("attachments that do not come");
        }
    }

    @Test
    void thatFailsHarmsNoOther() throws IOException {
        try (RecordingServer server = RecordingServer.start();
                CapturedLog log = CapturedLog.of(Refusals.class);
                SocketIoClient client = server.connect(V4)) {
            assertThat(client.send("2[\"fail\"]").send("2[\"echo\"]").packet()).isEqualTo("2[\"echo\"]");
            assertThat(log.lines(Level.ERROR)).singleElement().asString().contains("Failed", "event fail");
        }
    }
}
