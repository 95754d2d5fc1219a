package dev.echoserver.socketio;

import dev.echoserver.engineio.Frames;
import dev.echoserver.engineio.Handshake;
import dev.echoserver.engineio.Protocol;
import dev.echoserver.hub.BinaryEncoder;
import dev.echoserver.hub.Whisper;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.OptionalLong;

/** How a socket of the default namespace takes an event with attachments: a text message, behind it the bytes. */
enum BinaryForm implements BinaryEncoder {
    V3(Protocol.V3, false),
    V3_BASE64(Protocol.V3, true),
    V4(Protocol.V4, false),
    V4_BASE64(Protocol.V4, true);

    private final Protocol protocol;
    private final boolean isBase64;

    BinaryForm(Protocol protocol, boolean isBase64) {
        this.protocol = protocol;
        this.isBase64 = isBase64;
    }

    /** The form that whoever sent {@code handshake} takes. */
    static BinaryForm of(Handshake handshake) {
        if (handshake.wantsBase64()) {
            return handshake.protocol() == Protocol.V3 ? V3_BASE64 : V4_BASE64;
        }
        return handshake.protocol() == Protocol.V3 ? V3 : V4;
    }

    @Override
    public ByteBuf encode(String channel, Whisper whisper) {
        ByteBuf frames = PacketEncoder.packet(
                PacketType.EVENT,
                SocketIoServer.DEFAULT_NAMESPACE,
                OptionalLong.empty(),
                List.of(whisper.event(), Json.string(channel), whisper.data()),
                whisper.attachments());
        boolean isWhole = false;
        try {
            whisper.attachments().forEach(attachment -> append(attachment, frames));
            isWhole = true;
            return frames;
        } finally {
            if (!isWhole) { // There is no memory left.
                frames.release();
            }
        }
    }

    private void append(byte[] attachment, ByteBuf frames) {
        ByteBuf frame = Frames.binary(ByteBufAllocator.DEFAULT, protocol, attachment, isBase64);
        try {
            frames.writeBytes(frame);
        } finally {
            frame.release();
        }
    }
}
