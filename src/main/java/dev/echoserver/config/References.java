package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Replaces <code>${NAME}</code> by the value of a variable.
 *
 * <p>Unlike laravel-echo-server, which replaces the whole value, the text around it stays.
 */
final class References {
    private final Variables variables;
    private final Findings findings;

    References(Variables variables, Findings findings) {
        this.variables = variables;
        this.findings = findings;
    }

    /** Replaces them in all texts below {@code node}, which stands at {@code path}. */
    void expand(String path, JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                String inner = path + "." + entry.getKey();
                entry.setValue(expanded(inner, entry.getValue()));
                expand(inner, entry.getValue());
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                String inner = path + "[" + i + "]";
                array.set(i, expanded(inner, array.get(i)));
                expand(inner, array.get(i));
            }
        }
    }

    private JsonNode expanded(String path, JsonNode value) {
        if (!value.isTextual() || value.textValue().isEmpty()) {
            return value;
        }
        String place = findings.placeOf(path);
        String text = expanded(place, value.textValue());
        if (text.isEmpty()) {
            findings.emptied(place);
        }
        return TextNode.valueOf(text);
    }

    private String expanded(String place, String text) {
        return variables.expand(
                text,
                name -> findings.noticeAt(
                        place,
                        "names the variable " + name + ", which is not set",
                        "Set it, or write the value itself"));
    }

    /** The same assignment without references. */
    Assignment expand(Assignment assignment) {
        return new Assignment(assignment.key(), expanded(assignment.source(), assignment.text()), assignment.source());
    }
}
