package dev.echoserver.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonTree;
import java.util.Optional;
import java.util.Set;

/**
 * Names of events, and those that nobody may use because the clients emit them themselves.
 *
 * <p>Source: socket.io-parser 4.2, {@code RESERVED_EVENTS}.
 */
final class EventName {
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventName() {}

    /** The name that {@code json} spells, a string or a number; empty if it is neither, or reserved. */
    static Optional<String> of(Json json) {
        char first = (char) json.bytes()[json.offset()];
        if (first != '"') {
            return first == '-' || (first >= '0' && first <= '9') ? Optional.of(json.toString()) : Optional.empty();
        }
        return JsonTree.read(json).map(JsonNode::textValue).filter(name -> !RESERVED.contains(name));
    }
}
