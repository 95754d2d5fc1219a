package dev.echoserver.socketio;

import dev.echoserver.json.Json;
import java.util.List;
import java.util.OptionalLong;

/**
 * One Socket.IO packet as a client sent it: well-formed, and valid for its type.
 *
 * @param namespace such as {@code /}; in revision 4 possibly with a query, {@code /admin?token=1}
 * @param id pairs an event with its acknowledgement
 * @param attachments how many binary messages follow
 * @param arguments of an event (its name first) or of an acknowledgement; the payload of a CONNECT, if it has one
 */
record Packet(PacketType type, String namespace, OptionalLong id, int attachments, List<Json> arguments) {
    Packet {
        arguments = List.copyOf(arguments);
    }
}
