package dev.echoserver.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.json.Envelope;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonTree;
import java.util.Optional;

/** Names of events. */
final class EventName {
    private EventName() {}

    /** The name that {@code json} spells, a string or a number; empty if it is neither, or reserved. */
    static Optional<String> of(Json json) {
        char first = (char) json.bytes()[json.offset()];
        if (first != '"') {
            return first == '-' || (first >= '0' && first <= '9') ? Optional.of(json.toString()) : Optional.empty();
        }
        return text(json).filter(name -> !Envelope.RESERVED_EVENTS.contains(name));
    }

    private static Optional<String> text(Json string) {
        String spelled = string.toString();
        return spelled.indexOf('\\') < 0
                ? Optional.of(spelled.substring(1, spelled.length() - 1))
                : JsonTree.read(string).map(JsonNode::textValue);
    }
}
