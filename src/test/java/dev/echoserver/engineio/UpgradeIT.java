package dev.echoserver.engineio;

import static dev.echoserver.engineio.EngineServer.V3;
import static dev.echoserver.engineio.EngineServer.V4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echoserver.testing.HttpReply;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class UpgradeIT {
    private static final Duration PROMPTLY = Duration.ofSeconds(1); // NOOP is due every 100 ms.

    /** Takes {@code client} to a WebSocket as a client of either protocol does. */
    private static RawWebSocket upgrade(EngineServer server, PollingClient client) throws IOException {
        try (RawConnection poll = client.beginPoll()) {
            RawWebSocket socket = server.probe(client);
            assertThat(socket.send("2probe").text()).isEqualTo("3probe");
            assertThat(poll.reply().text()).endsWith("6");
            return socket.send("5");
        }
    }

    private static void assertClosedUnread(RawWebSocket socket) throws IOException {
        try (socket) {
            RawWebSocket.Frame close = socket.send("2probe").send("5").frame();
            assertThat(close.head()).isEqualTo(RawWebSocket.CLOSE);
            assertThat(close.content()).isEmpty();
            assertThat(socket.awaitEnd()).isZero();
        }
    }

    private static void assertEchoes(PollingClient client, String message) throws IOException {
        assertThat(client.post(message).text()).isEqualTo("ok");
        assertThat(client.poll().text()).isEqualTo(message);
    }

    private static void assertEchoes(RawWebSocket socket, String message) throws IOException {
        assertThat(socket.send(message).text()).isEqualTo(message);
    }

    @Nested
    final class AProbe {

        @Test
        void letsEveryPollReturnUntilTheClientPauses() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                try (RawConnection parked = client.beginPoll();
                        RawWebSocket socket = server.probe(client)) {
                    assertThat(socket.send("2probe").text()).isEqualTo("3probe");
                    assertThat(parked.reply().text()).isEqualTo("6");
                    for (int late = 0; late < 3; late++) {
                        long start = System.nanoTime();
                        assertThat(client.poll().text()).isEqualTo("6");
                        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
                    }
                    assertEchoes(socket.send("5"), "4moved");
                }
                server.awaitEnded(CloseReason.TRANSPORT_CLOSE);
            }
        }

        @Test
        void excludesASecondOne() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                try (RawWebSocket socket = server.probe(client)) {
                    assertClosedUnread(server.probe(client));

                    assertThat(socket.send("2probe").text()).isEqualTo("3probe");
                    assertClosedUnread(server.probe(client));

                    assertEchoes(socket.send("5"), "4mine");
                    assertClosedUnread(server.probe(client));
                    assertEchoes(socket, "4still mine");
                }
            }
        }

        @Test
        void endsWithTheSession() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                try (RawWebSocket socket = server.probe(client)) {
                    server.run(client.sid(), session -> session.end(CloseReason.FORCED_CLOSE));

                    assertThat(socket.awaitEnd()).isZero();
                    assertThat(client.poll().status()).isEqualTo(400);
                }
                server.awaitEnded(CloseReason.FORCED_CLOSE);
            }
        }
    }

    @Nested
    final class AnAbandonedUpgrade {

        @ParameterizedTest
        @ValueSource(strings = {"", "2probe"})
        void leavesPollingAsItWasWhenTheClientCloses(String sent) throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                try (RawWebSocket socket = server.probe(client)) {
                    if (!sent.isEmpty()) {
                        assertThat(socket.send(sent).text()).isEqualTo("3probe");
                    }
                }
                assertPollingGoesOn(server, client);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"4message", "5", "2", "2other", "3probe", "1", "x"})
        void leavesPollingAsItWasWhenTheClientSaysSomethingElse(String sent) throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                try (RawWebSocket socket = server.probe(client)) {
                    socket.send(sent).awaitEnd();
                }
                assertPollingGoesOn(server, client);
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void leavesPollingAsItWasWhenItTakesTooLong(boolean probed) throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.upgradeTimeout = Duration.ofMillis(200))) {
                PollingClient client = server.polling(V4);
                try (RawWebSocket socket = server.probe(client)) {
                    if (probed) {
                        assertThat(socket.send("2probe").text()).isEqualTo("3probe");
                    }
                    socket.awaitEnd();
                }
                assertPollingGoesOn(server, client);
            }
        }

        /** The server may hear of the end of the first upgrade only after the attempt at a second. */
        private static void assertPollingGoesOn(EngineServer server, PollingClient client) throws IOException {
            RawWebSocket next = Awaitility.await()
                    .ignoreExceptionsMatching(AssertionError.class::isInstance)
                    .until(() -> server.probe(client), socket -> true);
            assertEchoes(client, "4still polling");
            assertThat(next.send("2probe").text()).isEqualTo("3probe");
            assertEchoes(next.send("5"), "4moved");
            next.close();
        }
    }

    @Nested
    final class AnUpgradedSession {
        private static final int COUNT = 300;

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4})
        void hasEveryMessageInOrder(int messagesBefore) throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                List<String> got = new ArrayList<>();
                int up = 0;
                server.run(client.sid(), session -> tick(session, 0));
                while (up < messagesBefore) {
                    client.post("4up" + up++);
                    got.addAll(packets(client.poll()));
                }
                try (RawConnection poll = client.beginPoll();
                        RawWebSocket socket = server.probe(client)) {
                    client.post("4up" + up++);
                    assertThat(socket.send("2probe").text()).isEqualTo("3probe");
                    client.post("4up" + up++);
                    got.addAll(packets(poll.reply()));
                    client.post("4up" + up++);
                    socket.send("5");
                    for (int end = up + 100; up < end; ) {
                        socket.send("4up" + up++);
                    }
                    while (got.stream().filter(packet -> packet.startsWith("4")).count() < COUNT + up) {
                        got.add(socket.text());
                    }
                }
                assertThat(numbers(got, "4up"))
                        .isEqualTo(IntStream.range(0, up).boxed().toList());
                assertThat(numbers(got, "4down"))
                        .isEqualTo(IntStream.range(0, COUNT).boxed().toList());
            }
        }

        private static void tick(Session session, int from) {
            session.sendText("down" + from);
            if (from + 1 < COUNT) {
                Future<?> unused = session.loop().schedule(() -> tick(session, from + 1), 1, TimeUnit.MILLISECONDS);
            }
        }

        private static List<String> packets(HttpReply reply) {
            return List.of(reply.text().split("\u001e"));
        }

        private static List<Integer> numbers(List<String> packets, String prefix) {
            return packets.stream()
                    .filter(packet -> packet.startsWith(prefix))
                    .map(packet -> Integer.valueOf(packet.substring(prefix.length())))
                    .toList();
        }

        /** Two connections are read in any order; what the client sent first must be first all the same. */
        @Test
        void refusesAPollThatWasSentBehindTheUpgradePacket() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                for (int i = 0; i < 200; i++) {
                    PollingClient client = server.polling(V4);
                    try (RawConnection connection = RawConnection.to(server.port());
                            RawWebSocket socket = server.probe(client)) {
                        assertThat(socket.send("2probe").text()).isEqualTo("3probe");
                        server.run(client.sid(), session -> session.sendText("down"));
                        socket.send("5");
                        connection.write(RawConnection.request("GET", client.target()));

                        assertThat(connection.reply().summary()).startsWith("400 {\"code\":3");
                        assertThat(socket.text()).isEqualTo("4down");
                    }
                }
            }
        }

        @Test
        void refusesRequests() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                PollingClient client = server.polling(V4);
                try (RawWebSocket socket = upgrade(server, client)) {
                    assertEchoes(socket, "4moved");

                    assertThat(client.poll().summary()).startsWith("400 {\"code\":3");
                    assertThat(client.post("4evil").summary()).startsWith("400 {\"code\":3");
                    assertEchoes(socket, "4unharmed");
                }
            }
        }

        @Test
        void timesOutWhenItFallsSilent() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.pings(200, 100))) {
                PollingClient client = server.polling(V3);
                try (RawWebSocket socket = upgrade(server, client)) {
                    socket.awaitEnd();
                }
                server.awaitEnded(CloseReason.PING_TIMEOUT);
            }
        }

        @Test
        void livesOnItsOwnLoopWhereverTheWebSocketCameIn() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.loops = 3)) {
                List<RawWebSocket> sockets = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    sockets.add(upgrade(server, server.polling(i % 2 == 0 ? V4 : V3)));
                }
                for (int i = 0; i < sockets.size(); i++) {
                    sockets.get(i).send("4message " + i);
                }
                for (int i = 0; i < sockets.size(); i++) {
                    assertThat(sockets.get(i).text()).isEqualTo("4message " + i);
                    sockets.get(i).close();
                }
                Awaitility.await().until(() -> server.sessionCount() == 0);
            }
        }
    }

    @Nested
    final class WithoutUpgrades {

        @Test
        void theClientIsNotOfferedAnyAndRefused() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.upgrades = false)) {
                PollingClient client = server.polling(V4);

                assertThat(client.handshake().text()).contains("\"upgrades\":[]");
                assertClosedUnread(server.probe(client));
                assertEchoes(client, "4still polling");
                server.webSocket(V4).close();
            }
        }

        @Test
        void aServerWithoutWebSocketsOffersNone() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.transports = Set.of(TransportName.POLLING))) {
                PollingClient client = server.polling(V4);

                assertThat(client.handshake().text()).contains("\"upgrades\":[]");
                assertThatThrownBy(() -> server.probe(client)).hasMessageContaining("400 {\"code\":0");
                assertEchoes(client, "4still polling");
            }
        }
    }
}
