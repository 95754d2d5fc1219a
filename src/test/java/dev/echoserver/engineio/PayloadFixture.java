package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Optional;

/** Payloads of packets written as {@code 4text}, or as {@code #hex} where they are binary messages. */
record PayloadFixture(Protocol protocol) {

    /** A response body, its buffer released. */
    @SuppressWarnings("ArrayRecordComponent") // Looked at, never compared.
    record Encoded(byte[] bytes, String contentType) {
        String text() {
            return new String(bytes, UTF_8);
        }

        String hex() {
            return ByteBufUtil.hexDump(bytes);
        }
    }

    /** The payload of one buffer per packet. */
    Encoded encode(boolean binary, String... packets) {
        return encodeBuffers(binary, List.of(packets).stream().map(this::frame).toList());
    }

    /** The payload of one buffer that holds all packets. */
    Encoded encodeJoined(boolean binary, String... packets) {
        ByteBuf joined = ByteBufAllocator.DEFAULT.buffer();
        for (String packet : packets) {
            ByteBuf frame = frame(packet);
            joined.writeBytes(frame);
            frame.release();
        }
        return encodeBuffers(binary, List.of(joined));
    }

    private Encoded encodeBuffers(boolean binary, List<ByteBuf> frames) {
        Payload.Body body = Payload.of(protocol).encode(frames, binary);
        Encoded encoded = new Encoded(ByteBufUtil.getBytes(body.bytes()), body.contentType());
        body.bytes().release();
        for (ByteBuf buffer : frames) {
            if (!buffer.release()) {
                throw new IllegalStateException("refCnt: " + buffer.refCnt() + " (expected: 0)");
            }
        }
        return encoded;
    }

    private ByteBuf frame(String packet) {
        ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
        return packet.startsWith("#")
                ? Frames.binary(allocator, protocol, ByteBufUtil.decodeHexDump(packet.substring(1)))
                : Frames.packet(allocator, PacketType.ofDigit(packet.charAt(0)), packet.substring(1));
    }

    /** The packets of a text body, in the same notation. */
    Optional<List<String>> decode(String body) {
        return Payload.of(protocol).decode(body).map(PayloadFixture::notation);
    }

    /** The packets of a binary body, in the same notation. */
    Optional<List<String>> decode(byte[] body) {
        return Payload.of(protocol).decodeBinary(body).map(PayloadFixture::notation);
    }

    private static List<String> notation(List<Packet> packets) {
        return packets.stream()
                .map(packet -> packet instanceof Packet.Binary binary
                        ? "#" + ByteBufUtil.hexDump(binary.data())
                        : packet.type().digit() + ((Packet.Text) packet).data())
                .toList();
    }
}
