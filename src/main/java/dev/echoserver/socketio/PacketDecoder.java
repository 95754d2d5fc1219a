package dev.echoserver.socketio;

import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads {@code <type>[<attachments>-][<namespace>,][<id>][<JSON>]}.
 *
 * <p>Source: Socket.IO protocol, revision 5, "Packet encoding"; socket.io-parser 4.2, {@code Decoder#decodeString} and
 * {@code #isPayloadValid}.
 */
final class PacketDecoder {
    private static final int MAX_ATTACHMENTS = 10;
    private static final int MAX_ID_DIGITS = 15; // Fits a double, which is what clients count with.

    private final JsonElements json;
    private final String text;
    private int at = 1;

    private PacketDecoder(JsonElements json, String text) {
        this.json = json;
        this.text = text;
    }

    /** The packet that {@code text} encodes; empty if it is malformed, or nested deeper than {@code json} reads. */
    static Optional<Packet> decode(JsonElements json, String text) {
        return text.isEmpty() || !PacketType.isDigit(text.charAt(0))
                ? Optional.empty()
                : new PacketDecoder(json, text).decode(PacketType.ofDigit(text.charAt(0)));
    }

    private Optional<Packet> decode(PacketType type) {
        int attachments = type.isBinary() ? attachments() : 0;
        if (attachments < 0) {
            return Optional.empty();
        }
        String namespace = namespace();
        String id = digits();
        if (id.length() > MAX_ID_DIGITS) {
            return Optional.empty();
        }
        OptionalLong number = id.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(id));
        return arguments(type, text.substring(at))
                .map(arguments -> new Packet(type, namespace, number, attachments, arguments));
    }

    /** How many attachments the packet announces; negative if that is malformed or too many. */
    private int attachments() {
        String count = digits();
        if (count.isEmpty() || count.length() > 2 || at == text.length() || text.charAt(at) != '-') {
            return -1;
        }
        at++;
        int attachments = Integer.parseInt(count);
        return attachments <= MAX_ATTACHMENTS ? attachments : -1;
    }

    private String namespace() {
        if (at == text.length() || text.charAt(at) != '/') {
            return SocketIoServer.DEFAULT_NAMESPACE;
        }
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        String namespace = text.substring(at, end);
        at = comma < 0 ? end : end + 1;
        return namespace;
    }

    private String digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return text.substring(start, at);
    }

    private Optional<List<Json>> arguments(PacketType type, String payload) {
        return switch (type) {
            case CONNECT -> connectPayload(payload);
            case DISCONNECT -> payload.isEmpty() ? Optional.of(List.of()) : Optional.empty();
            case EVENT, BINARY_EVENT -> json.of(payload).filter(PacketDecoder::startsWithName);
            case ACK, BINARY_ACK -> json.of(payload);
            case CONNECT_ERROR -> Optional.empty(); // Servers send it, clients never do.
        };
    }

    private Optional<List<Json>> connectPayload(String payload) {
        if (payload.isEmpty()) {
            return Optional.of(List.of());
        }
        return json.fields(payload).map(fields -> List.of(Json.of(payload)));
    }

    private static boolean startsWithName(List<Json> arguments) {
        return !arguments.isEmpty() && EventName.of(arguments.get(0)).isPresent();
    }
}
