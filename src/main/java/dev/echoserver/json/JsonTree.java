package dev.echoserver.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** Reads a small value of a client into objects, where its fields matter. */
public final class JsonTree {
    /** Knows already how to read any tree: a mapper finds out when first asked, and lets others wait meanwhile. */
    private static final ObjectReader TREES = new JsonMapper().readerFor(JsonNode.class);

    private JsonTree() {}

    /** The value; empty if it is malformed or abuses JSON, such as by a number of a thousand digits. */
    public static Optional<JsonNode> read(Json json) {
        try {
            // As text: from bytes it would guess, and take "0" behind a zero byte for UTF-16.
            return Optional.of(TREES.<JsonNode>readValue(json.toString()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
