package dev.echoserver.engineio;

import static dev.echoserver.engineio.EngineServer.V3;
import static dev.echoserver.engineio.EngineServer.V4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class ConnectionCountsIT {

    /** Polling and WebSocket of protocol 3, then those of protocol 4. */
    private static List<Long> counts(EngineServer server) {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> Stream.of(TransportName.values())
                        .map(transport -> server.connections().count(protocol, transport)))
                .toList();
    }

    private static void await(EngineServer server, long... counts) {
        Awaitility.await().untilAsserted(() -> assertThat(counts(server)).containsExactly(boxed(counts)));
    }

    private static Long[] boxed(long... counts) {
        return Arrays.stream(counts).boxed().toArray(Long[]::new);
    }

    @Test
    void followASessionFromPollingToWebSocketToItsEnd() throws IOException {
        try (EngineServer server = EngineServer.start()) {
            PollingClient client = server.polling(V4);
            await(server, 0, 0, 1, 0);
            try (RawConnection parked = client.beginPoll();
                    RawWebSocket socket = server.probe(client)) {
                assertThat(socket.send("2probe").text()).isEqualTo("3probe");
                assertThat(parked.reply().text()).isEqualTo("6");
                assertThat(socket.send("5").send("4moved").text()).isEqualTo("4moved");
                await(server, 0, 0, 0, 1);
            }
            await(server, 0, 0, 0, 0);
        }
    }

    @Test
    void tellProtocolsApart() throws IOException {
        try (EngineServer server = EngineServer.start()) {
            try (RawWebSocket first = server.webSocket(V3);
                    RawWebSocket second = server.webSocket(V3)) {
                server.polling(V3);
                assertThat(first.send("4one").text())
                        .isEqualTo(second.send("4one").text());
                await(server, 1, 2, 0, 0);
            }
            await(server, 1, 0, 0, 0);
        }
    }

    @Test
    void leaveOutWhomTheApplicationRefuses() throws IOException {
        try (EngineServer server = EngineServer.start()) {
            assertThatThrownBy(() -> server.polling(V4 + "&" + EngineServer.BUG + "=1"));
            await(server, 0, 0, 0, 0);
        }
    }
}
