package dev.echoserver.chaos;

import static dev.echoserver.testing.RawWebSocket.BINARY;
import static dev.echoserver.testing.RawWebSocket.CLOSE;
import static dev.echoserver.testing.RawWebSocket.PING;
import static dev.echoserver.testing.RawWebSocket.PONG;
import static dev.echoserver.testing.RawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.testing.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Frames of a WebSocket: sound ones that are seldom seen, and such that break a rule.
 *
 * @param protocol of Engine.IO
 * @param compressed whether the connection agreed on compression
 */
record HostileFrames(Dice dice, int protocol, boolean compressed) {
    private static final int FIN = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final byte[] HARMLESS = "42[\"x\",{\"a\":\"\u00e9\u20ac\ud83d\ude00\"}]".getBytes(UTF_8);
    private static final List<Integer> STATUSES =
            List.of(0, 999, 1000, 1001, 1004, 1005, 1006, 1015, 1016, 2999, 3000, 4999, 5000, 65535);
    private static final List<String> NOT_UTF_8 = List.of(
            "\u00ff",
            "\u00c0\u00af",
            "\u00ed\u00a0\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00e2\u0082",
            "\u0080",
            "\u00f0\u009f\u0098");
    /** Where the length of a frame takes another form: at 126 and 65,536 bytes. */
    private static final List<Integer> SMALL = List.of(0, 1, 114, 115, 116);

    private static final List<Integer> LARGE = List.of(65_524, 65_525, 65_526);
    private static final int LARGEST_MESSAGE = 1 << 20;

    /** The next one. */
    Input next() {
        if (dice.hits(85)) {
            return new Input(sound(), false);
        }
        return new Input(dice.hits(40) ? new Damage(dice).of(sound()) : broken(), true);
    }

    private byte[] sound() {
        return switch (dice.below(compressed ? 9 : 7)) {
            case 0 -> RawWebSocket.frame(PING, dice.bytes(dice.below(126)));
            case 1 -> RawWebSocket.frame(PONG, dice.bytes(dice.below(126)));
            case 2 -> fragmented(HARMLESS);
            case 3 -> RawWebSocket.frame(TEXT, message(dice.one(dice.hits(3) ? LARGE : SMALL)));
            case 4 -> RawWebSocket.frame(TEXT, heartbeat());
            case 5 -> fragmented(message(dice.below(3000)));
            case 7 -> RawWebSocket.frame(FIN | COMPRESSED | 1, deflated(HARMLESS));
            case 8 -> RawWebSocket.frame(FIN | COMPRESSED | 1, deflated(message(dice.below(20_000))));
            default -> RawWebSocket.frame(TEXT, HARMLESS);
        };
    }

    /** An event that nobody knows, with so many bytes more than the shortest. */
    private static byte[] message(int more) {
        return ("42[\"x\",\"" + "y".repeat(more) + "\"]").getBytes(UTF_8);
    }

    private byte[] heartbeat() {
        return (protocol == 3 ? "2" + dice.one(List.of("", "probe", "x".repeat(300))) : "3").getBytes(UTF_8);
    }

    /** In up to ten pieces, some of them empty, with control frames between them. */
    private byte[] fragmented(byte[] content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int pieces = 1 + dice.below(9);
        int at = 0;
        for (int i = 0; i <= pieces; i++) {
            int end = i == pieces ? content.length : at + dice.below(content.length - at + 1);
            byte[] piece = Arrays.copyOfRange(content, at, end);
            all.writeBytes(RawWebSocket.frame((i == pieces ? FIN : 0) | (i == 0 ? 1 : 0), piece));
            if (dice.hits(30) && i < pieces) {
                all.writeBytes(RawWebSocket.frame(PING, dice.bytes(dice.below(5))));
            }
            at = end;
        }
        return all.toByteArray();
    }

    private byte[] broken() {
        return switch (dice.below(16)) {
            case 0 -> RawWebSocket.frame(FIN | (0x70 & dice.below(128)) | 1, HARMLESS); // Reserved bits.
            case 1 ->
                RawWebSocket.frame(FIN | (3 + dice.below(5)), HARMLESS); // Opcodes of data that nobody has defined.
            case 2 -> RawWebSocket.frame(FIN | (11 + dice.below(5)), HARMLESS); // And of control frames.
            case 3 -> unmasked();
            case 4 -> RawWebSocket.frame(8 + dice.below(3), HARMLESS); // A control frame in fragments.
            case 5 -> RawWebSocket.frame(dice.one(List.of(CLOSE, PING, PONG)), dice.bytes(126 + dice.below(300)));
            case 6 -> RawWebSocket.frame(FIN, HARMLESS); // The end of nothing.
            case 7 -> both(RawWebSocket.frame(1, HARMLESS), RawWebSocket.frame(TEXT, HARMLESS));
            case 8 -> length(126, 2, 5);
            case 9 ->
                length(127, 8, dice.one(List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE, 5L, 65_535L, (long)
                        Integer.MAX_VALUE)));
            case 10 -> closing();
            case 11 -> RawWebSocket.frame(TEXT, notUtf8());
            case 12 -> fragmented(notUtf8());
            case 13 -> RawWebSocket.frame(BINARY, dice.bytes(dice.below(100)));
            case 14 -> RawWebSocket.frame(TEXT, noPacket());
            default -> compressed ? bomb() : large();
        };
    }

    private byte[] unmasked() {
        byte[] frame = {(byte) TEXT, 2, '4', '2'};
        return frame;
    }

    /** The head of a frame with its length in a form or of a size that is not allowed, and a few bytes. */
    private static byte[] length(int form, int bytes, long length) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(TEXT);
        frame.write(FIN | form);
        for (int i = bytes - 1; i >= 0; i--) {
            frame.write((int) (length >>> (8 * i)));
        }
        frame.writeBytes(new byte[] {0, 0, 0, 0, '4', '2', '[', '"', 'x'});
        return frame.toByteArray();
    }

    private byte[] closing() {
        int status = dice.one(STATUSES);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(status >> 8);
        content.write(status);
        content.writeBytes(dice.hits(50) ? notUtf8() : "bye".getBytes(UTF_8));
        byte[] whole = content.toByteArray();
        byte[] close = RawWebSocket.frame(CLOSE, Arrays.copyOf(whole, Math.min(dice.below(8), whole.length)));
        return both(close, sound());
    }

    private byte[] notUtf8() {
        String text = "42[\"x\",\"" + "y".repeat(dice.below(20)) + dice.one(NOT_UTF_8) + "\"]";
        return text.getBytes(ISO_8859_1);
    }

    /** Nothing, or of a type that there is not, or that the server alone sends. */
    private byte[] noPacket() {
        return dice.one(List.of("", "7", "9x", "0{}", "abc", "6", "5", "1", "b4AA", "\u0000", "2probe", "3probe", "-1"))
                .getBytes(UTF_8);
    }

    private byte[] large() {
        if (dice.hits(80)) {
            return RawWebSocket.frame(1, message(10_000)); // Goes on nowhere.
        }
        byte[] half = message(LARGEST_MESSAGE / 2 + dice.below(3000));
        return both(RawWebSocket.frame(1, half), RawWebSocket.frame(FIN, half));
    }

    private byte[] bomb() {
        return switch (dice.below(4)) {
            case 0 -> RawWebSocket.frame(FIN | COMPRESSED | 1, deflated(message(10 << 20)));
            case 1 -> RawWebSocket.frame(FIN | COMPRESSED | 1, dice.bytes(1 + dice.below(200)));
            case 2 -> RawWebSocket.frame(FIN | COMPRESSED | 9, deflated(HARMLESS));
            default -> new Damage(dice).of(RawWebSocket.frame(FIN | COMPRESSED | 1, deflated(message(3000))));
        };
    }

    /** As permessage-deflate has it: without the four bytes that end a block. */
    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(content);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] chunk = new byte[1 << 13];
            int count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            while (count > 0) {
                all.write(chunk, 0, count);
                count = count < chunk.length ? 0 : deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            }
            return Arrays.copyOf(all.toByteArray(), Math.max(1, all.size() - 4));
        } finally {
            deflater.end();
        }
    }

    private static byte[] both(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}
