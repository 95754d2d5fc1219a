package dev.echoserver.engineio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * {@code <packet> 0x1E <packet> …}; binary messages are {@code b<base64>}.
 *
 * <p>Source: Engine.IO protocol, revision 4, "Packet encoding / HTTP long-polling".
 */
enum PayloadV4 implements Payload {
    INSTANCE;

    private static final char SEPARATOR = 0x1E;

    @Override
    public Body encode(List<ByteBuf> frames, boolean binary) {
        ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
        for (ByteBuf several : frames) {
            ByteBuf rest = several.duplicate();
            while (rest.isReadable()) {
                if (body.isReadable()) {
                    body.writeByte(SEPARATOR);
                }
                append(body, Frames.isText(rest), Frames.readContent(rest));
            }
        }
        return new Body(body, "text/plain; charset=UTF-8");
    }

    private static void append(ByteBuf body, boolean text, ByteBuf content) {
        if (text) {
            body.writeBytes(content);
        } else {
            body.writeCharSequence(Protocol.V4.base64Prefix(), US_ASCII);
            body.writeBytes(Base64.getEncoder().encode(ByteBufUtil.getBytes(content)));
        }
    }

    @Override
    public Optional<List<Packet>> decode(String body) {
        List<Packet> packets = new ArrayList<>();
        for (int start = 0; start <= body.length(); ) {
            int end = body.indexOf(SEPARATOR, start);
            int stop = end < 0 ? body.length() : end;
            Optional<Packet> packet = Packet.ofText(Protocol.V4, body.substring(start, stop));
            if (packet.isEmpty()) {
                return Optional.empty();
            }
            packets.add(packet.get());
            start = stop + 1;
        }
        return Optional.of(packets);
    }

    @Override
    public Optional<List<Packet>> decodeBinary(byte[] body) {
        return Optional.empty();
    }
}
