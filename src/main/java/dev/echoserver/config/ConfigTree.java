package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Puts values into a tree by their key with dots, {@code databaseConfig.redis.host}. */
final class ConfigTree {
    private ConfigTree() {}

    /** A copy of {@code root} with {@code value} at {@code key}. */
    static ObjectNode with(ObjectNode root, String key, JsonNode value) {
        ObjectNode copy = root.deepCopy();
        parent(copy, key).ifPresent(parent -> parent.set(nameOf(key), value));
        return copy;
    }

    /**
     * The object that {@code key} stands in, made if it is not there. {@code true} in its place means an object without
     * keys, and so does PHP's {@code []}. Empty if something else stands there, which is for its reader to report.
     */
    static Optional<ObjectNode> parent(ObjectNode root, String key) {
        ObjectNode object = root;
        String[] names = key.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            JsonNode inner = object.path(names[i]);
            boolean isEmpty = inner.isMissingNode() || inner.isNull() || (inner.isArray() && inner.isEmpty());
            boolean isFree = isEmpty || (inner.isBoolean() && inner.booleanValue());
            if (isFree) {
                object = object.putObject(names[i]);
            } else if (inner instanceof ObjectNode deeper) {
                object = deeper;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(object);
    }

    static String nameOf(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** Lays {@code over} over {@code under}, key by key. */
    static void merge(ObjectNode under, ObjectNode over) {
        over.properties().forEach(entry -> {
            JsonNode below = under.path(entry.getKey());
            if (below instanceof ObjectNode inner && entry.getValue() instanceof ObjectNode outer) {
                merge(inner, outer);
            } else {
                under.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
