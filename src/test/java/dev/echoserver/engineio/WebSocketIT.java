package dev.echoserver.engineio;

import static dev.echoserver.engineio.EngineServer.V3;
import static dev.echoserver.engineio.EngineServer.V4;
import static dev.echoserver.testing.RawWebSocket.BINARY;
import static dev.echoserver.testing.RawWebSocket.CLOSE;
import static dev.echoserver.testing.RawWebSocket.PING;
import static dev.echoserver.testing.RawWebSocket.PONG;
import static dev.echoserver.testing.RawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import dev.echoserver.testing.RawWebSocket;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class WebSocketIT {
    private static final int FIN = 0x80;
    private static final int RESERVED = 0x40;
    private static final int UNFINISHED_TEXT = 0x01;
    private static final int CONTINUATION = 0x00;

    private static void assertEchoes(RawWebSocket socket, String message) throws IOException {
        assertThat(socket.send(message).text()).isEqualTo(message);
    }

    @Nested
    final class Heartbeat {

        @Test
        void answersThePingsOfWebSocketAndOfEngineIo3() throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(V3)) {
                RawWebSocket.Frame pong = socket.send(PING, new byte[] {1, 2}).frame();
                assertThat(pong.head()).isEqualTo(PONG);
                assertThat(pong.content()).containsExactly(1, 2);

                assertThat(socket.send("2").text()).isEqualTo("3");
                assertThat(socket.send("2probe").text()).isEqualTo("3probe");
                assertEchoes(socket.send(PONG, new byte[0]), "4still here");
            }
        }

        @ParameterizedTest
        @CsvSource({"/engine.io/?EIO=4, 2", "/engine.io/?EIO=3, 3"})
        void fromTheWrongSideEndsTheSession(String path, String heartbeat) throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(path)) {
                socket.send(heartbeat).awaitEnd();

                server.awaitEnded(CloseReason.TRANSPORT_ERROR);
            }
        }

        @Test
        void keepsAClientThatAnswersAndEndsOneThatStops() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.pings(100, 400));
                    RawWebSocket socket = server.webSocket(V4)) {
                for (int i = 0; i < 7; i++) {
                    assertThat(socket.text()).isEqualTo("2");
                    socket.send("3");
                }
                assertThat(socket.text()).isEqualTo("2");
                assertThat(socket.awaitEnd()).isZero();
                server.awaitEnded(CloseReason.PING_TIMEOUT);
            }
        }
    }

    @Nested
    final class AMessage {

        @Test
        void mayComeInFragments() throws IOException {
            byte[] text = "4é😀".getBytes(UTF_8);
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(V4)) {
                for (int i = 0; i < text.length; i++) {
                    int fin = i == text.length - 1 ? FIN : 0;
                    socket.send(fin | (i == 0 ? UNFINISHED_TEXT : CONTINUATION), new byte[] {text[i]});
                    if (i == 2) {
                        socket.send(PING, new byte[0]);
                    }
                }
                assertThat(socket.frame().head()).isEqualTo(PONG);
                assertThat(socket.text()).isEqualTo("4é😀");
            }
        }

        @ParameterizedTest
        @CsvSource({"/engine.io/?EIO=4, 0", "/engine.io/?EIO=3, 4"})
        void mayBeBinary(String path, byte first) throws IOException {
            byte[] content = {first, 1, (byte) 0xFF};
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(path)) {
                RawWebSocket.Frame echo = socket.send(BINARY, content).frame();

                assertThat(echo.head()).isEqualTo(BINARY);
                assertThat(echo.content()).isEqualTo(content);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {125, 126, 0xFFFF, 0x10000})
        void mayHaveALengthOfEveryForm(int bytes) throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(V4)) {
                assertEchoes(socket, "4" + "x".repeat(bytes - 1));
            }
        }

        @Test
        void mayBeAsLargeAsTheLimit() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.maxPayloadBytes = 1000);
                    RawWebSocket whole = server.webSocket(V4);
                    RawWebSocket pieces = server.webSocket(V4)) {
                assertEchoes(whole, "4" + "x".repeat(998));
                assertEchoes(whole, "4" + "x".repeat(999));
                whole.send("4" + "x".repeat(1000)).awaitEnd();

                byte[] half = ("4" + "x".repeat(499)).getBytes(UTF_8);
                pieces.send(UNFINISHED_TEXT, half).send(FIN | CONTINUATION, half);
                assertThat(pieces.text()).hasSize(1000);
                pieces.send(UNFINISHED_TEXT, half).send(CONTINUATION, half).send(FIN | CONTINUATION, new byte[] {'x'});
                pieces.awaitEnd();
            }
        }
    }

    @Nested
    final class AMalformedFrame {

        static Stream<Arguments> frames() {
            return Stream.of(
                    Arguments.of("unmasked", new byte[] {(byte) TEXT, 2, '4', 'x'}),
                    Arguments.of("reserved bit", masked(TEXT | RESERVED, "4x")),
                    Arguments.of("unknown opcode", masked(0x83, "4x")),
                    Arguments.of("nothing to continue", masked(FIN | CONTINUATION, "4x")),
                    Arguments.of("long ping", masked(PING, "x".repeat(126))),
                    Arguments.of(
                            "negative length", new byte[] {(byte) TEXT, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1}),
                    Arguments.of(
                            "giant length", new byte[] {(byte) TEXT, (byte) 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
                    Arguments.of("no packet", masked(TEXT, "x")),
                    Arguments.of("empty packet", masked(TEXT, "")),
                    Arguments.of("bad base64", masked(TEXT, "b=")),
                    Arguments.of(
                            "bad UTF-8", new byte[] {(byte) TEXT, (byte) 0x83, 0, 0, 0, 0, '4', (byte) 0xC3, '('}));
        }

        private static byte[] masked(int head, String text) {
            byte[] content = text.getBytes(UTF_8);
            boolean small = content.length < 126;
            byte[] frame = new byte[(small ? 6 : 8) + content.length];
            frame[0] = (byte) head;
            frame[1] = (byte) (0x80 | (small ? content.length : 126));
            if (!small) {
                frame[3] = (byte) content.length;
            }
            System.arraycopy(content, 0, frame, frame.length - content.length, content.length);
            return frame; // The mask is zero.
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("frames")
        void endsItsConnectionAlone(String what, byte[] frame) throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.loops = 1);
                    RawWebSocket bystander = server.webSocket(V4);
                    RawWebSocket socket = server.webSocket(V4)) {
                socket.sendBytes(frame).awaitEnd();

                assertEchoes(bystander, "4unharmed by " + what);
                assertThat(server.sessionCount()).isOne();
            }
        }
    }

    @Nested
    final class ABug {

        @Test
        void endsItsConnectionAloneWithALineInTheLog() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.loops = 1);
                    CapturedLog log = CapturedLog.of(Refusals.class);
                    RawWebSocket bystander = server.webSocket(V4);
                    RawWebSocket socket = server.webSocket(V4)) {
                socket.send("4" + EngineServer.BUG).awaitEnd();

                assertEchoes(bystander, "4unharmed");
                assertThat(server.ended()).containsExactly(CloseReason.TRANSPORT_ERROR);
                assertThat(log.lines(Level.ERROR)).hasSize(1);
            }
        }
    }

    @Nested
    final class Closing {

        /** Whoever finds the fault, and whatever is being closed already. */
        @Test
        void takesOneFrame() throws IOException {
            try (EngineServer server = EngineServer.start(s -> s.loops = 1)) {
                for (String first : List.of("4ok", "x", "1")) {
                    RawWebSocket socket = server.webSocket(V4);
                    byte[] packet = AMalformedFrame.masked(TEXT, first);
                    byte[] both = Arrays.copyOf(packet, packet.length + 2);
                    both[packet.length] = (byte) TEXT; // Unmasked, which is a fault.
                    socket.sendBytes(both);

                    assertThat(closeFrames(socket)).as(first).isOne();
                }
            }
        }

        private static long closeFrames(RawWebSocket socket) throws IOException {
            long count = 0;
            try {
                for (; ; ) {
                    count += socket.frame().head() == CLOSE ? 1 : 0;
                }
            } catch (EOFException | SocketException closed) {
                return count;
            }
        }

        @Test
        void namesTheFaultOfAFrame() throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(V4)) {
                RawWebSocket.Frame close =
                        socket.sendBytes(new byte[] {(byte) TEXT, 1, '4'}).frame();

                assertThat(close.head()).isEqualTo(CLOSE);
                assertThat(close.content()).startsWith(3, 0xEA); // 1002, protocol error
                server.awaitEnded(CloseReason.TRANSPORT_ERROR);
            }
        }

        @ParameterizedTest
        @CsvSource({"1000, ''", "1001, going away", "4000, page left", "4999, ''"})
        void isAnsweredWithTheStatusOfTheClient(int status, String reason) throws IOException {
            byte[] text = reason.getBytes(UTF_8);
            byte[] content = ByteBuffer.allocate(2 + text.length)
                    .putShort((short) status)
                    .put(text)
                    .array();
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(V4)) {
                assertThat(socket.send(CLOSE, content).frame().content()).isEqualTo(content);
                assertThat(socket.awaitEnd()).isZero();
                server.awaitEnded(CloseReason.TRANSPORT_CLOSE);
            }
        }

        @Test
        void isAnsweredWithoutAStatusIfTheClientGivesNone() throws IOException {
            try (EngineServer server = EngineServer.start();
                    RawWebSocket socket = server.webSocket(V4)) {
                assertThat(socket.send(CLOSE, new byte[0]).frame().content()).isEmpty();
                assertThat(socket.awaitEnd()).isZero();
            }
        }

        @Test
        void saysWhichTextIsNone() throws IOException {
            byte[] first = {'4', (byte) 0xC3};
            try (EngineServer server = EngineServer.start();
                    RawWebSocket whole = server.webSocket(V4);
                    RawWebSocket pieces = server.webSocket(V4)) {
                assertThat(whole.send(TEXT, new byte[] {'4', (byte) 0xC3, '('})
                                .frame()
                                .content())
                        .startsWith(3, 0xEF); // 1007, invalid payload data
                pieces.send(1, first).send(0x80, new byte[] {'('});
                assertThat(pieces.frame().content()).startsWith(3, 0xEF);
                server.awaitEnded(CloseReason.TRANSPORT_ERROR, CloseReason.TRANSPORT_ERROR);
            }
        }

        @Test
        void byPacketByFrameOrByEndingTheConnectionIsTheSame() throws IOException {
            try (EngineServer server = EngineServer.start()) {
                try (RawWebSocket socket = server.webSocket(V4)) {
                    socket.send("1").awaitEnd();
                }
                try (RawWebSocket socket = server.webSocket(V4)) {
                    assertThat(socket.send(CLOSE, new byte[] {3, (byte) 0xE8})
                                    .frame()
                                    .head())
                            .isEqualTo(CLOSE);
                    socket.awaitEnd();
                }
                server.webSocket(V4).close();

                server.awaitEnded(
                        CloseReason.TRANSPORT_CLOSE, CloseReason.TRANSPORT_CLOSE, CloseReason.TRANSPORT_CLOSE);
            }
        }
    }
}
