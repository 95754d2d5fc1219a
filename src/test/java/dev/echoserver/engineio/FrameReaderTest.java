package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of RFC 6455 section 5, each with every split of the bytes. */
final class FrameReaderTest {
    private static final int LIMIT = 100_000;
    private static final int FIN = 0x80;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /** What came of {@code stream}, which arrives in pieces of {@code pieceBytes} behind a first one. */
    private static List<String> read(byte[] stream, int firstBytes, int pieceBytes) {
        FrameReader reader = new FrameReader(
                new Inbound(new Inbound.Bounds(LIMIT, Long.MAX_VALUE, Duration.ofSeconds(45)), System::nanoTime),
                false);
        try {
            return read(reader, stream, firstBytes, pieceBytes);
        } finally {
            reader.release();
        }
    }

    private static List<String> read(FrameReader reader, byte[] stream, int firstBytes, int pieceBytes) {
        Trace trace = new Trace();
        try {
            int end = firstBytes;
            for (int begin = 0; begin < stream.length; begin = end, end = Math.min(stream.length, end + pieceBytes)) {
                ByteBuf piece = Unpooled.copiedBuffer(stream, begin, end - begin);
                try {
                    reader.read(piece, trace);
                } finally {
                    piece.release();
                }
            }
        } catch (CorruptedWebSocketFrameException fault) {
            trace.add("fault", Integer.toString(fault.closeStatus().code()));
        }
        return trace.lines;
    }

    private static List<String> readWhole(byte[] stream) {
        return read(stream, stream.length, 1);
    }

    /** What every split of {@code stream} comes to. */
    private static List<String> readAnyhow(byte[] stream) {
        List<String> whole = readWhole(stream);
        assertThat(read(stream, 1, 1)).as("byte by byte").isEqualTo(whole);
        for (int first = 1; first < stream.length; first++) {
            assertThat(read(stream, first, stream.length))
                    .as("split at " + first)
                    .isEqualTo(whole);
        }
        return whole;
    }

    private static byte[] frame(int head, byte[] content) {
        return frame(head, content, content.length < 126 ? 0 : content.length <= 0xFFFF ? 2 : 8);
    }

    private static byte[] frame(int head, byte[] content, int lengthBytes) {
        byte[] mask = {0x12, (byte) 0x84, (byte) 0xFE, 0x78};
        ByteBuf frame = Unpooled.buffer().writeByte(head);
        switch (lengthBytes) {
            case 0 -> frame.writeByte(0x80 | content.length);
            case 2 -> frame.writeByte(0x80 | 126).writeShort(content.length);
            default -> frame.writeByte(0x80 | 127).writeLong(content.length);
        }
        frame.writeBytes(mask);
        for (int i = 0; i < content.length; i++) {
            frame.writeByte(content[i] ^ mask[i % mask.length]);
        }
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes).release();
        return bytes;
    }

    private static byte[] frame(int head, String content) {
        return frame(head, content.getBytes(UTF_8));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(int... bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        IntStream.of(bytes).forEach(all::write);
        return all.toByteArray();
    }

    private static final class Trace implements FrameReader.Listener {
        private final List<String> lines = new ArrayList<>();

        void add(String what, String detail) {
            lines.add(what + " " + detail);
        }

        void add(String what, byte[] content) {
            add(what, content.length + " " + Arrays.hashCode(content));
        }

        @Override
        public void onText(byte[] content) {
            add("text", content);
        }

        @Override
        public void onBinary(byte[] content) {
            add("binary", content);
        }

        @Override
        public void onPing(byte[] content) {
            add("ping", content);
        }

        @Override
        public void onClose(byte[] content) {
            add("close", content.length < 2 ? "" : Integer.toString((content[0] & 0xFF) << 8 | (content[1] & 0xFF)));
        }
    }

    private static String line(String what, String content) {
        Trace trace = new Trace();
        trace.add(what, content.getBytes(UTF_8));
        return trace.lines.get(0);
    }

    @Nested
    final class AMessage {

        @Test
        void comesInOneFrameOrInFragmentsWithControlFramesBetween() {
            byte[] stream = join(
                    frame(FIN | TEXT, "one"),
                    frame(TEXT, "tw"),
                    frame(FIN | PING, "there?"),
                    frame(CONTINUATION, ""),
                    frame(FIN | PONG, "yes"),
                    frame(FIN | CONTINUATION, "o, the rest of it"),
                    frame(FIN | BINARY, ""),
                    frame(BINARY, ""),
                    frame(FIN | CONTINUATION, "x"),
                    frame(FIN | CLOSE, ""));

            assertThat(readAnyhow(stream))
                    .containsExactly(
                            line("text", "one"),
                            line("ping", "there?"),
                            line("text", "two, the rest of it"),
                            line("binary", ""),
                            line("binary", "x"),
                            "close ");
        }

        /** The reference refuses more than 10,000 pieces, because it keeps each; here they share one buffer. */
        @Test
        void comesInAsManyFragmentsAsItHasBytesAndMore() {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            stream.writeBytes(frame(BINARY, ""));
            for (int i = 0; i < 20_000; i++) {
                stream.writeBytes(frame(CONTINUATION, "x"));
                stream.writeBytes(frame(CONTINUATION, ""));
            }
            stream.writeBytes(frame(FIN | CONTINUATION, ""));

            assertThat(readWhole(stream.toByteArray())).containsExactly(line("binary", "x".repeat(20_000)));
        }

        @Test
        void hasALengthOfEachForm() {
            for (int length : new int[] {0, 1, 7, 8, 9, 125, 126, 300, 0xFFFF, 0x10000, LIMIT}) {
                byte[] content = new byte[length];
                new Random(length).nextBytes(content);
                byte[] stream = join(frame(FIN | BINARY, content), frame(FIN | TEXT, "behind"));
                Trace expected = new Trace();
                expected.onBinary(content);
                expected.onText("behind".getBytes(UTF_8));

                assertThat(readWhole(stream)).isEqualTo(expected.lines);
                for (int first : new int[] {1, 2, 3, 4, 8, 9, 10, 13, 14, 15, stream.length - 1}) {
                    assertThat(read(stream, first, 1460)).isEqualTo(expected.lines);
                }
            }
        }

        @Test
        void isNoLargerThanTheLimit() {
            byte[] half = new byte[LIMIT / 2];

            assertThat(readWhole(frame(FIN | TEXT, new byte[LIMIT + 1]))).containsExactly("fault 1009");
            assertThat(readWhole(join(frame(TEXT, half), frame(FIN | CONTINUATION, half))))
                    .hasSize(1);
            assertThat(readWhole(join(frame(TEXT, half), frame(CONTINUATION, half), frame(FIN | CONTINUATION, "x"))))
                    .containsExactly("fault 1009");
        }

        @Test
        void isRefusedForItsSizeBeforeItComes() {
            assertThat(readWhole(bytes(FIN | TEXT, 0xFF, 0, 0, 0, 0, 0, 1, 0x86, 0xA1)))
                    .containsExactly("fault 1009");
            assertThat(readWhole(bytes(FIN | TEXT, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)))
                    .containsExactly("fault 1009");
        }
    }

    /** What all clients together may hold. */
    @Nested
    final class Room {
        private static final int SMALL = Inbound.SMALL_BYTES / 2;
        private static final byte[] LARGE = frame(FIN | TEXT, new byte[40_000]);

        private final Inbound inbound =
                new Inbound(new Inbound.Bounds(LIMIT, 100_000, Duration.ofSeconds(45)), System::nanoTime);
        private final List<FrameReader> readers = new ArrayList<>();

        @AfterEach
        void release() {
            readers.forEach(FrameReader::release);
            assertThat(inbound.heldBytes()).isZero();
        }

        /** What came of {@code stream} for one more client, which goes on being there. */
        private List<String> send(byte[] stream) {
            FrameReader reader = new FrameReader(inbound, false);
            readers.add(reader);
            return read(reader, stream, Math.min(stream.length, 1000), 1000);
        }

        private List<String> sendAllBut(int bytes, byte[] stream) {
            return send(Arrays.copyOf(stream, stream.length - bytes));
        }

        @Test
        void isRefusedToTheNewestOfManyLargeMessages() {
            assertThat(sendAllBut(1, LARGE)).isEmpty();
            assertThat(inbound.heldBytes()).isEqualTo(65_536); // Buffers grow by doubling.

            assertThat(sendAllBut(1, LARGE)).containsExactly("fault 1013");
            assertThat(inbound.heldBytes()).isEqualTo(65_536 + 32_768);
        }

        @Test
        void isGivenBackWithTheEndOfAMessage() {
            for (int i = 0; i < 10; i++) {
                assertThat(send(LARGE)).hasSize(1);
                assertThat(send(join(frame(TEXT, new byte[40_000]), frame(FIN | CONTINUATION, "x"))))
                        .hasSize(1);
                assertThat(inbound.heldBytes()).isZero();
            }
        }

        @Test
        void isGivenBackWhenAConnectionEnds() {
            assertThat(sendAllBut(1, LARGE)).isEmpty();
            readers.forEach(FrameReader::release);

            assertThat(sendAllBut(1, LARGE)).isEmpty();
        }

        @Test
        void isCountedForFragmentsToo() {
            assertThat(send(frame(TEXT, new byte[40_000]))).isEmpty();
            assertThat(inbound.heldBytes()).isEqualTo(65_536);

            byte[] pieces = frame(CONTINUATION, new byte[1000]);
            assertThat(send(join(frame(TEXT, ""), repeat(pieces, 40)))).containsExactly("fault 1013");
        }

        @Test
        void isAlwaysThereForSmallMessages() {
            for (int i = 0; i < 4; i++) {
                sendAllBut(1, frame(FIN | TEXT, new byte[30_000]));
            }
            assertThat(sendAllBut(1, LARGE)).containsExactly("fault 1013");

            for (int i = 0; i < 100; i++) {
                assertThat(sendAllBut(1, frame(FIN | TEXT, new byte[SMALL]))).isEmpty();
                assertThat(send(frame(TEXT, new byte[SMALL]))).isEmpty();
                assertThat(send(frame(FIN | TEXT, "x"))).hasSize(1);
            }
        }

        @Test
        void isNotNeededByWhatComesAsAWhole() {
            Inbound none = new Inbound(new Inbound.Bounds(LIMIT, 0, Duration.ofSeconds(45)), System::nanoTime);
            byte[] whole = frame(FIN | TEXT, new byte[LIMIT]);

            assertThat(read(new FrameReader(none, false), whole, whole.length, 1))
                    .hasSize(1);
        }

        private static byte[] repeat(byte[] part, int times) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < times; i++) {
                all.writeBytes(part);
            }
            return all.toByteArray();
        }
    }

    @Nested
    final class Compressed {
        private static final int DEFLATED = 0x40;
        private static final int TAIL_BYTES = 4;

        private final Inbound inbound =
                new Inbound(new Inbound.Bounds(LIMIT, 50_000, Duration.ofSeconds(45)), System::nanoTime);
        private final FrameReader reader = new FrameReader(inbound, true);
        private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);

        @AfterEach
        void release() {
            reader.release();
            deflater.end();
            assertThat(inbound.heldBytes()).isZero();
        }

        private List<String> send(byte[] stream) {
            return read(reader, stream, 1, 7);
        }

        private byte[] deflate(byte[] content) {
            deflater.setInput(content);
            byte[] deflated = new byte[content.length + 100];
            int length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(deflated, length - TAIL_BYTES);
        }

        private byte[] deflate(String content) {
            return deflate(content.getBytes(UTF_8));
        }

        @Test
        void messagesMayReferToEarlierOnesAndStandBesideOthers() {
            byte[] first = deflate("the same words again and again");
            byte[] second = deflate("the same words again and again, and once more");
            assertThat(second).hasSizeLessThan(first.length);

            assertThat(send(join(
                            frame(FIN | DEFLATED | TEXT, first),
                            frame(FIN | TEXT, "plain"),
                            frame(FIN | DEFLATED | BINARY, second),
                            frame(FIN | DEFLATED | TEXT, bytes(0)))))
                    .containsExactly(
                            line("text", "the same words again and again"),
                            line("text", "plain"),
                            line("binary", "the same words again and again, and once more"),
                            line("text", ""));
        }

        @Test
        void messagesMayComeInFragments() {
            byte[] message = deflate("one, two");

            assertThat(send(join(
                            frame(DEFLATED | TEXT, Arrays.copyOf(message, 3)),
                            frame(FIN | PING, "there?"),
                            frame(FIN | CONTINUATION, Arrays.copyOfRange(message, 3, message.length)),
                            frame(FIN | TEXT, "plain"))))
                    .containsExactly(line("ping", "there?"), line("text", "one, two"), line("text", "plain"));
        }

        @ParameterizedTest
        @CsvSource({"-1, binary", "0, binary", "1, fault 1009", "1000000000, fault 1009"})
        void messagesMayUnfoldToTheLimit(int more, String outcome) {
            byte[] content = new byte[(int) Math.min(100L << 20, (long) LIMIT + more)];

            assertThat(send(frame(FIN | DEFLATED | BINARY, deflate(content))))
                    .singleElement()
                    .asString()
                    .startsWith(outcome);
        }

        @Test
        void messagesHoldWhatTheyHaveBeforeTheyAreUnfolded() {
            byte[] message = deflate(new byte[LIMIT]);

            assertThat(send(frame(DEFLATED | BINARY, message))).isEmpty();
            assertThat(inbound.heldBytes()).isZero();
            assertThat(send(frame(FIN | CONTINUATION, ""))).hasSize(1);
        }

        @Test
        void messagesAreFaultyIfTheyCannotBeUnfolded() {
            assertThat(send(frame(FIN | DEFLATED | TEXT, bytes(0xFF, 0xFF, 0xFF))))
                    .containsExactly("fault 1007");
        }

        @Test
        void messagesMayEndInAFinalBlock() {
            byte[] stored = bytes(1, 2, 0, 0xFD, 0xFF, 'h', 'i', 0);

            assertThat(send(join(frame(FIN | DEFLATED | TEXT, stored), frame(FIN | DEFLATED | TEXT, stored))))
                    .containsExactly(line("text", "hi"), line("text", "hi"));
        }

        @Test
        void isNoControlFrameAndNoContinuation() {
            assertThat(send(frame(FIN | DEFLATED | PING, "x"))).containsExactly("fault 1002");
        }

        @Test
        void isNothingWithTwoReservedBits() {
            assertThat(send(frame(FIN | DEFLATED | 0x20 | TEXT, "x"))).containsExactly("fault 1002");
        }

        @Test
        void isSaidWithTheFirstFragmentOnly() {
            assertThat(send(join(frame(TEXT, "x"), frame(FIN | DEFLATED | CONTINUATION, "y"))))
                    .containsExactly("fault 1002");
        }
    }

    @Nested
    final class AFault {

        static Stream<Arguments> faults() {
            return Stream.of(
                    Arguments.of("no mask", bytes(FIN | TEXT, 1, 'x'), 1002),
                    Arguments.of("first reserved bit", frame(FIN | 0x40 | TEXT, "x"), 1002),
                    Arguments.of("second reserved bit", frame(FIN | 0x20 | TEXT, "x"), 1002),
                    Arguments.of("third reserved bit", frame(FIN | 0x10 | TEXT, "x"), 1002),
                    Arguments.of("reserved bit of a control frame", frame(FIN | 0x40 | PING, "x"), 1002),
                    Arguments.of("nothing to continue", frame(FIN | CONTINUATION, "x"), 1002),
                    Arguments.of("no end of a message", join(frame(TEXT, "x"), frame(FIN | TEXT, "x")), 1002),
                    Arguments.of("no end of a message", join(frame(TEXT, ""), frame(BINARY, "x")), 1002),
                    Arguments.of("fragmented ping", frame(PING, "x"), 1002),
                    Arguments.of("fragmented close", frame(CLOSE, ""), 1002),
                    Arguments.of("long ping", frame(FIN | PING, new byte[126]), 1002),
                    Arguments.of("long close", frame(FIN | CLOSE, new byte[126]), 1002),
                    Arguments.of("two bytes for a short length", frame(FIN | TEXT, new byte[125], 2), 1002),
                    Arguments.of("eight bytes for a short length", frame(FIN | TEXT, new byte[0xFFFF], 8), 1002),
                    Arguments.of("negative length", bytes(FIN | TEXT, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0), 1002),
                    Arguments.of("half a close status", frame(FIN | CLOSE, "x"), 1002),
                    Arguments.of("close reason", frame(FIN | CLOSE, bytes(3, 0xE8, 0xC3, '(')), 1007));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("faults")
        void isNamed(String what, byte[] stream, int status) {
            List<String> read = stream.length > 1000 ? readWhole(stream) : readAnyhow(stream);

            assertThat(read).as(what).containsExactly("fault " + status);
        }

        @Test
        void isEveryUnknownOpcode() {
            for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
                assertThat(readAnyhow(frame(FIN | opcode, "x"))).containsExactly("fault 1002");
            }
        }

        @Test
        void isEveryCloseStatusThatMayNotBeSent() {
            for (int status : new int[] {0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535}) {
                assertThat(readAnyhow(frame(FIN | CLOSE, bytes(status >> 8, status & 0xFF))))
                        .as("status " + status)
                        .containsExactly("fault 1002");
            }
            for (int status : new int[] {1000, 1001, 1002, 1003, 1007, 1014, 3000, 4999}) {
                assertThat(readAnyhow(frame(FIN | CLOSE, bytes(status >> 8, status & 0xFF, 'o', 'k'))))
                        .as("status " + status)
                        .containsExactly("close " + status);
            }
        }

        @Test
        void leavesWhatCameBeforeIt() {
            assertThat(readAnyhow(join(frame(FIN | TEXT, "x"), frame(FIN | 3, ""))))
                    .containsExactly(line("text", "x"), "fault 1002");
        }
    }

    /** Streams of frames that are mostly right: what comes of them is what Netty makes of them. */
    @Nested
    final class Chance {
        private static final int STREAMS = 3000;

        @Test
        void findsNoDifferenceToNetty() {
            for (int seed = 0; seed < STREAMS; seed++) {
                Random random = new Random(seed);
                byte[] stream = stream(random);
                List<String> expected = oracle(stream);

                assertThat(readWhole(stream)).as("seed " + seed).isEqualTo(expected);
                assertThat(read(stream, 1 + random.nextInt(stream.length), 1 + random.nextInt(200)))
                        .as("seed " + seed)
                        .isEqualTo(expected);
            }
        }

        private static byte[] stream(Random random) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            boolean open = false;
            for (int i = random.nextInt(12); i >= 0; i--) {
                if (random.nextInt(4) == 0) {
                    stream.writeBytes(frame(FIN | (random.nextBoolean() ? PING : PONG), content(random, 126)));
                } else {
                    boolean last = random.nextBoolean();
                    int opcode = open ? CONTINUATION : random.nextBoolean() ? TEXT : BINARY;
                    stream.writeBytes(frame((last ? FIN : 0) | opcode, content(random, 400)));
                    open = !last;
                }
            }
            byte[] bytes = stream.toByteArray();
            for (int faults = random.nextInt(3); faults > 0; faults--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return bytes;
        }

        private static byte[] content(Random random, int bound) {
            byte[] content = new byte[random.nextInt(bound)];
            random.nextBytes(content);
            return content;
        }

        private static List<String> oracle(byte[] stream) {
            WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(LIMIT)
                    .closeOnProtocolViolation(false)
                    .withUTF8Validator(false)
                    .build();
            EmbeddedChannel netty =
                    new EmbeddedChannel(new WebSocket13FrameDecoder(config), new WebSocketFrameAggregator(LIMIT));
            Trace trace = new Trace();
            String fault = "";
            try {
                netty.writeInbound(Unpooled.copiedBuffer(stream));
            } catch (CorruptedWebSocketFrameException violation) {
                fault = Integer.toString(violation.closeStatus().code());
            } catch (TooLongFrameException tooLong) {
                fault = "1009";
            } catch (DecoderException other) {
                throw new AssertionError(other);
            }
            for (WebSocketFrame frame = netty.readInbound(); frame != null; frame = netty.readInbound()) {
                if (frame instanceof CloseWebSocketFrame close && close.statusCode() > 4999) {
                    fault = "1002"; // Netty lets it pass.
                    frame.release();
                    break;
                }
                record(frame, trace);
                frame.release();
            }
            if (!fault.isEmpty()) {
                trace.add("fault", fault);
            }
            close(netty);
            return trace.lines;
        }

        private static void close(EmbeddedChannel netty) {
            try {
                netty.finishAndReleaseAll();
            } catch (PrematureChannelClosureException incomplete) {
                netty.releaseInbound();
            }
        }

        private static void record(WebSocketFrame frame, Trace trace) {
            byte[] content = new byte[frame.content().readableBytes()];
            frame.content().readBytes(content);
            if (frame instanceof TextWebSocketFrame) {
                trace.onText(content);
            } else if (frame instanceof BinaryWebSocketFrame) {
                trace.onBinary(content);
            } else if (frame instanceof PingWebSocketFrame) {
                trace.onPing(content);
            } else if (frame instanceof CloseWebSocketFrame) {
                trace.onClose(content);
            }
        }
    }
}
