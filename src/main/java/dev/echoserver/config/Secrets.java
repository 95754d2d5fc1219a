package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Knows which values must not be shown: by the name of their key, and passwords inside URLs. */
final class Secrets {
    static final JsonNode HIDDEN = TextNode.valueOf("(hidden)");
    private static final int SHOWN_CHARACTERS = 60;
    private static final Pattern NAMES = Pattern.compile("(key|.*(password|passphrase|secret|token))(\\[\\d+])?");
    private static final Pattern URLS = Pattern.compile("(.*url|databaseconfig|redis)(\\[\\d+])?");
    private static final Pattern PRIVATE = Pattern.compile("\\$\\.(clients|apps|headers)\\b.*", Pattern.DOTALL);
    private static final Pattern USER_OF_URL = Pattern.compile("//[^/\"]*@");

    private Secrets() {}

    static boolean isSecret(String key) {
        return NAMES.matcher(key.toLowerCase(Locale.ROOT)).matches();
    }

    /** The beginning of a {@code value} at {@code path} that is a mistake; of lists and objects the kind alone. */
    static String shown(String path, JsonNode value) {
        if (value.isContainerNode()) {
            return value.isArray() ? "a list" : "an object";
        }
        String text = value.toString();
        if (isHidden(path, text)) {
            return "(hidden) and of the wrong kind";
        }
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    private static boolean isHidden(String path, String text) {
        String key = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return isSecret(key)
                || URLS.matcher(key).matches()
                || PRIVATE.matcher(path).matches()
                || text.contains("@")
                || text.contains("://");
    }

    /** {@code value} of {@code key} as it may be shown: a copy in which each secret reads {@code (hidden)}. */
    static JsonNode hide(String key, JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(entry -> copy.set(entry.getKey(), hide(entry.getKey(), entry.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(hide(key, element)));
            return copy;
        }
        boolean isEmpty = value.isNull() || value.asText().isEmpty();
        if (isSecret(key) && !isEmpty) {
            return HIDDEN;
        }
        return value.isTextual()
                ? TextNode.valueOf(USER_OF_URL.matcher(value.textValue()).replaceAll("//(hidden)@"))
                : value;
    }
}
