package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Text: {@code <length>:<packet>…} with binary messages as {@code b4<base64>}. Binary: per packet one byte 0 (text) or 1
 * (binary), the decimal digits of the length as bytes 0 to 9, the byte 255, the packet.
 *
 * <p>Source: Engine.IO protocol, revision 3, "Payload"; engine.io-parser 2.2, {@code encodePayload},
 * {@code encodePayloadAsBinary}.
 */
enum PayloadV3 implements Payload {
    INSTANCE;

    private static final int MAX_LENGTH_DIGITS = 9;

    @Override
    public Body encode(List<ByteBuf> frames, boolean binary) {
        ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
        boolean asBinary = binary && frames.stream().anyMatch(PayloadV3::hasBinary);
        for (ByteBuf several : frames) {
            ByteBuf rest = several.duplicate();
            while (rest.isReadable()) {
                boolean text = Frames.isText(rest);
                ByteBuf content = Frames.readContent(rest);
                if (asBinary) {
                    appendBinary(body, text, content);
                } else if (text) {
                    appendText(body, utf16Length(content), content);
                } else {
                    appendBase64(body, content);
                }
            }
        }
        return new Body(body, asBinary ? "application/octet-stream" : "text/plain; charset=UTF-8");
    }

    private static boolean hasBinary(ByteBuf frames) {
        ByteBuf rest = frames.duplicate();
        while (rest.isReadable()) {
            if (!Frames.isText(rest)) {
                return true;
            }
            Frames.readContent(rest);
        }
        return false;
    }

    private static void appendText(ByteBuf body, int length, ByteBuf content) {
        body.writeCharSequence(Integer.toString(length), US_ASCII);
        body.writeByte(':').writeBytes(content);
    }

    private static void appendBase64(ByteBuf body, ByteBuf typedContent) {
        String prefix = Protocol.V3.base64Prefix();
        byte[] base64 = Base64.getEncoder().encode(ByteBufUtil.getBytes(typedContent.skipBytes(1)));
        body.writeCharSequence(base64.length + prefix.length() + ":" + prefix, US_ASCII);
        body.writeBytes(base64);
    }

    private static void appendBinary(ByteBuf body, boolean text, ByteBuf content) {
        body.writeByte(text ? 0 : 1);
        String digits = Integer.toString(content.readableBytes());
        digits.chars().forEach(digit -> body.writeByte(digit - '0'));
        body.writeByte(255).writeBytes(content);
    }

    /** How many UTF-16 code units valid UTF-8 decodes to: one per character, two per character of four bytes. */
    private static int utf16Length(ByteBuf utf8) {
        int[] length = {0};
        utf8.forEachByte(b -> {
            if ((b & 0xC0) != 0x80) {
                length[0] += (b & 0xF8) == 0xF0 ? 2 : 1;
            }
            return true;
        });
        return length[0];
    }

    @Override
    public Optional<List<Packet>> decode(String body) {
        List<Packet> packets = new ArrayList<>();
        for (int start = 0; start < body.length(); ) {
            int colon = body.indexOf(':', start);
            int length = colon < 0 ? -1 : length(body.substring(start, colon));
            int end = colon + 1 + length;
            if (length < 0 || end > body.length()) {
                return Optional.empty();
            }
            Optional<Packet> packet = Packet.ofText(Protocol.V3, body.substring(colon + 1, end));
            if (packet.isEmpty()) {
                return Optional.empty();
            }
            packets.add(packet.get());
            start = end;
        }
        return packets.isEmpty() ? Optional.empty() : Optional.of(packets);
    }

    private static int length(String digits) {
        boolean wellFormed = !digits.isEmpty()
                && digits.length() <= MAX_LENGTH_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return wellFormed ? Integer.parseInt(digits) : -1;
    }

    @Override
    public Optional<List<Packet>> decodeBinary(byte[] body) {
        List<Packet> packets = new ArrayList<>();
        for (ByteBuffer rest = ByteBuffer.wrap(body); rest.hasRemaining(); ) {
            boolean text = rest.get() == 0;
            int length = binaryLength(rest);
            if (length < 1 || length > rest.remaining()) {
                return Optional.empty();
            }
            byte[] content = new byte[length];
            rest.get(content);
            Optional<Packet> packet = text
                    ? Utf8.decode(content).flatMap(decoded -> Packet.ofText(Protocol.V3, decoded))
                    : Packet.ofBinary(Protocol.V3, content);
            if (packet.isEmpty()) {
                return Optional.empty();
            }
            packets.add(packet.get());
        }
        return packets.isEmpty() ? Optional.empty() : Optional.of(packets);
    }

    private static int binaryLength(ByteBuffer rest) {
        int length = 0;
        for (int digits = 0; digits <= MAX_LENGTH_DIGITS && rest.hasRemaining(); digits++) {
            int digit = rest.get();
            if (digit == (byte) 255) {
                return digits == 0 ? -1 : length;
            }
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = length * 10 + digit;
        }
        return -1;
    }
}
