package dev.echoserver.socketio;

import static dev.echoserver.socketio.RecordingServer.V3;
import static dev.echoserver.socketio.RecordingServer.V4;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.engineio.Refusals;
import dev.echoserver.testing.CapturedLog;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawConnection;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class ConnectionIT {
    private static final Duration SOON = Duration.ofMillis(10);
    private static final String SOCKET_ID = "\\d+\\.\\d+";

    private static void awaitTrace(RecordingServer server, String... lines) {
        Awaitility.await()
                .pollInterval(SOON)
                .untilAsserted(() -> assertThat(server.trace()).containsExactly(lines));
    }

    @Nested
    final class BeforeItIsConnected {

        @ParameterizedTest
        @ValueSource(strings = {"2[\"echo\"]", "21[\"ask\"]", "31[]", "1", "2/custom,[\"echo\"]"})
        void nothingIsDone(String packet) throws IOException {
            try (RecordingServer server = RecordingServer.start();
                    SocketIoClient client = server.open(V4)) {
                client.send(packet).awaitEnd();

                assertThat(server.trace()).isEmpty();
            }
        }

        @Test
        void itIsClosedInTime() throws IOException {
            try (RecordingServer server = RecordingServer.start(Duration.ofMillis(200));
                    SocketIoClient silent = server.open(V4);
                    SocketIoClient mistaken = server.open(V4);
                    SocketIoClient connected = server.connect(V4)) {
                mistaken.send("0/nowhere,");
                assertThat(mistaken.packet()).isEqualTo("4/nowhere,{\"message\":\"Invalid namespace\"}");

                silent.awaitBreak();
                mistaken.awaitBreak();
                assertThat(connected.send("2[\"echo\"]").packet()).isEqualTo("2[\"echo\"]");
            }
        }
    }

    @Nested
    final class AnInvalidPacket {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "abc",
                    "7",
                    "0",
                    "0[]",
                    "0\"x\"",
                    "1{}",
                    "2",
                    "2{}",
                    "2[]",
                    "2[null]",
                    "2[{}]",
                    "2[\"a\"",
                    "2[\"a\"]x",
                    "2[\"a\",]",
                    "2[\"a\" 1]",
                    "2[\"connect\"]",
                    "2[\"disconnect\"]",
                    "2-1[\"a\"]",
                    "3",
                    "3{}",
                    "39999999999999999[]",
                    "4\"x\"",
                    "5[\"a\"]",
                    "5-[\"a\"]",
                    "511-[\"a\"]",
                    "599999999999-[\"a\"]",
                    "2[]\n\u001b12:00 ERROR Forged",
                    "2/nowhere,[\"a\"]",
                    "2/custom,[\"a\"]"
                })
        void closesTheConnectionAtOnceWithOneLineInTheLog(String packet) throws IOException {
            try (RecordingServer server = RecordingServer.start();
                    CapturedLog log = CapturedLog.of(Refusals.class);
                    SocketIoClient client = server.connect(V4)) {
                client.send(packet).send("2[\"too late\"]").awaitEnd();

                awaitTrace(server, "connected /", "gone parse error");
                assertThat(log.lines(Level.WARN)).singleElement().asString().doesNotContain("\n", "\u001b");
                assertThat(server.sessionCount()).isZero();
            }
        }

        @Test
        void isOneWithUnannouncedOrMissingAttachments() throws IOException {
            byte[] attachment = {1};
            try (RecordingServer server = RecordingServer.start();
                    SocketIoClient unannounced = server.connect(V4);
                    SocketIoClient missing = server.connect(V4);
                    SocketIoClient misnumbered = server.connect(V4)) {
                unannounced.send(attachment).awaitEnd();
                missing.send("51-[\"a\"," + SocketIoClient.placeholders(1) + "]")
                        .send("2[\"b\"]")
                        .awaitEnd();
                misnumbered
                        .send("51-[\"a\",{\"_placeholder\":true,\"num\":1}]")
                        .send(attachment)
                        .awaitEnd();

                assertThat(server.trace()).doesNotContain("a []", "b []");
            }
        }
    }

    @Nested
    final class Attachments {
        private static final int LIMIT = 1 << 20;

        @Test
        void haveTheSizeOfOneMessageAtMost() throws IOException {
            String packet = "510-[\"a\"," + SocketIoClient.placeholders(10) + "]";
            try (RecordingServer server = RecordingServer.start();
                    SocketIoClient modest = server.connect(V4);
                    SocketIoClient greedy = server.connect(V4)) {
                modest.send(packet);
                greedy.send(packet);
                for (int i = 0; i < 10; i++) {
                    modest.send(new byte[LIMIT / 10]);
                }
                greedy.send(new byte[LIMIT / 2]).send(new byte[LIMIT / 2 + 1]).awaitEnd();

                Awaitility.await().until(() -> server.trace().stream().anyMatch(line -> line.startsWith("a [")));
                assertThat(server.sessionCount()).isOne();
            }
        }
    }

    @Nested
    final class ANamespace {

        @Test
        void mayBeConnectedBesideTheDefaultOne() throws IOException {
            try (RecordingServer server = RecordingServer.start();
                    SocketIoClient client = server.connect(V4)) {
                assertThat(client.send("0/custom,{\"token\":1}").packet())
                        .matches("0/custom,\\{\"sid\":\"" + SOCKET_ID + "\"}");
                assertThat(client.send("2/custom,[\"echo\"]").packet()).isEqualTo("2/custom,[\"echo\"]");

                client.send("1/custom,");
                assertThat(client.send("2[\"echo\"]").packet()).isEqualTo("2[\"echo\"]");
                assertThat(server.trace())
                        .containsExactly(
                                "connected /",
                                "connected /custom",
                                "echo []",
                                "gone client namespace disconnect",
                                "echo []");
            }
        }

        @Test
        void mayCarryAQueryInEngineIo3() throws IOException {
            try (RecordingServer server = RecordingServer.start();
                    SocketIoClient client = server.connect(V3)) {
                assertThat(client.send("0/custom?token=a%2Cb,").packet()).isEqualTo("0/custom");
                assertThat(client.send("2/custom,0[\"token?\"]").packet()).isEqualTo("3/custom,0[\"a,b\"]");
                assertThat(client.send("20[\"token?\"]").packet()).isEqualTo("30[\"none\"]");
                assertThat(client.send("2/custom,1[\"ask\"]").packet()).isEqualTo("3/custom,1[]");
                assertThat(client.send("2/custom?token=a,[\"echo\"]").packet()).isEqualTo("2/custom,[\"echo\"]");
                assertThat(client.send("0/nowhere").packet()).isEqualTo("4/nowhere,\"Invalid namespace\"");
            }
        }

        @Test
        void mayBeLeftAndConnectedAgain() throws IOException {
            try (RecordingServer server = RecordingServer.start();
                    SocketIoClient client = server.open(V4)) {
                String first = client.connect();
                client.send("1");
                String second = client.connect();

                assertThat(second).isNotEqualTo(first);
                assertThat(client.send("2[\"echo\"]").packet()).isEqualTo("2[\"echo\"]");
                client.send("1").send("2[\"too late\"]").awaitEnd();
                assertThat(server.trace())
                        .containsExactly(
                                "connected /",
                                "gone client namespace disconnect",
                                "connected /",
                                "echo []",
                                "gone client namespace disconnect");
            }
        }
    }

    @Nested
    final class AnId {

        @Test
        void isPublicInEngineIo3AndApartFromTheSecretInEngineIo4() throws IOException {
            try (RecordingServer server = RecordingServer.start();
                    SocketIoClient v3 = server.open(V3);
                    SocketIoClient v4 = server.open(V4)) {
                assertThat(v3.connect()).matches(SOCKET_ID).isEqualTo(v3.sessionId());
                assertThat(v4.connect()).matches(SOCKET_ID).isNotEqualTo(v4.sessionId());
                assertThat(v4.sessionId()).matches("[A-Za-z0-9_-]{20}");
            }
        }
    }

    @Nested
    final class APageThatComesBackAgainAndAgain {
        private static final int TIMES = 60;

        /** A browser has six connections to a server: polls that are not answered would use them up. */
        @Test
        void getsEveryPollAnswered() throws IOException {
            try (RecordingServer server = RecordingServer.start()) {
                for (int i = 0; i < TIMES; i++) {
                    PollingClient page = PollingClient.open(server.port(), V4);
                    page.post("40");
                    assertThat(page.poll().text()).startsWith("40{");
                    try (RawConnection poll = page.beginPoll()) {
                        page.post("42[\"close\"]");
                        assertThat(poll.reply().summary())
                                .isEqualTo("400 {\"code\":1,\"message\":\"Session ID unknown\"}");
                    }
                }
                Awaitility.await().until(() -> server.sessionCount() == 0);
                assertThat(server.trace())
                        .filteredOn("gone forced close"::equals)
                        .hasSize(TIMES);
            }
        }
    }
}
