package dev.echoserver.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.engineio.Frames;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.OptionalLong;

/** Writes packets, as frames that are ready for every transport. The caller releases them. */
final class PacketEncoder {
    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    private PacketEncoder() {}

    /** The message of a packet without arguments, or with {@code payload} as its JSON. */
    static String control(PacketType type, String namespace, String payload) {
        String comma = payload.isEmpty() || isDefault(namespace) ? "" : ",";
        return type.digit() + (isDefault(namespace) ? "" : namespace) + comma + payload;
    }

    /** An EVENT or ACK; binary if {@code attachments} follow it. */
    static ByteBuf packet(
            PacketType type, String namespace, OptionalLong id, List<Json> arguments, List<byte[]> attachments) {
        PacketType wireType = attachments.isEmpty() ? type : binary(type);
        String head = String.valueOf(wireType.digit())
                + (attachments.isEmpty() ? "" : attachments.size() + "-")
                + (isDefault(namespace) ? "" : namespace + ",")
                + (id.isPresent() ? id.getAsLong() : "");
        return packet(head, arguments);
    }

    private static PacketType binary(PacketType type) {
        return type == PacketType.EVENT ? PacketType.BINARY_EVENT : PacketType.BINARY_ACK;
    }

    /** An event of the default namespace: {@code 42[<arguments>]}. */
    static ByteBuf event(List<Json> arguments) {
        return packet("2", arguments);
    }

    private static ByteBuf packet(String head, List<Json> arguments) {
        int bytes = ByteBufUtil.utf8Bytes(head) + 2 + Math.max(0, arguments.size() - 1);
        for (Json argument : arguments) {
            bytes += argument.length();
        }
        ByteBuf frame = Frames.beginText(ALLOCATOR, bytes);
        frame.writeCharSequence(head, UTF_8);
        char before = '[';
        for (Json argument : arguments) {
            frame.writeByte(before).writeBytes(argument.bytes(), argument.offset(), argument.length());
            before = ',';
        }
        return arguments.isEmpty() ? frame.writeByte('[').writeByte(']') : frame.writeByte(']');
    }

    private static boolean isDefault(String namespace) {
        return namespace.equals(SocketIoServer.DEFAULT_NAMESPACE);
    }
}
