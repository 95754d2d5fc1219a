package dev.echoserver.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** Reads a small value of a client into objects, where its fields matter. */
public final class JsonTree {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonTree() {}

    /** The value; empty if it is malformed or abuses JSON, such as by a number of a thousand digits. */
    public static Optional<JsonNode> read(Json json) {
        try {
            return Optional.of(MAPPER.readTree(json.bytes(), json.offset(), json.length()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
