package dev.echoserver.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.echoserver.config.AskedKeys.Kind;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lays values from outside the file over its tree, and remembers where they came from. */
final class Overlay {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern JSON = Pattern.compile("[\\[{].*|true|false|null", Pattern.DOTALL);

    private final ObjectNode root;
    private final AskedKeys known;
    private final Origins origins;
    private final Findings findings;

    Overlay(ObjectNode root, AskedKeys known, Origins origins, Findings findings) {
        this.root = root;
        this.known = known;
        this.origins = origins;
        this.findings = findings;
    }

    /** Lays one value over what is there; an object is merged key by key. */
    void put(Assignment assignment) {
        kindOf(assignment.key()).ifPresentOrElse(kind -> put(assignment, kind), () -> reportUnknown(assignment));
    }

    /** Takes away what is there, so that the default counts. */
    void clear(Assignment assignment) {
        kindOf(assignment.key())
                .ifPresentOrElse(kind -> put(assignment, NullNode.getInstance()), () -> reportUnknown(assignment));
    }

    /** A key below one whose keys are free is a text. */
    private Optional<Kind> kindOf(String key) {
        String outer = key.substring(0, Math.max(0, key.lastIndexOf('.')));
        return known.kind(key)
                .or(() -> known.kind(outer).filter(Kind.MAP::equals).map(map -> Kind.TEXT));
    }

    private void put(Assignment assignment, Kind kind) {
        valueOf(assignment, kind).ifPresent(value -> put(assignment, value));
    }

    private void put(Assignment assignment, JsonNode value) {
        String key = assignment.key();
        ConfigTree.parent(root, key).ifPresent(parent -> {
            origins.note("$." + key, value, assignment.source());
            ConfigTree.merge(parent, JsonText.emptyObject().set(ConfigTree.nameOf(key), value));
        });
    }

    private Optional<JsonNode> valueOf(Assignment assignment, Kind kind) {
        String text = assignment.text().strip();
        return switch (kind) {
            case TEXT -> Optional.of(TextNode.valueOf(assignment.text()));
            case LIST -> text.startsWith("[") ? json(assignment) : Optional.of(list(text));
            case PLAIN, ANY -> JSON.matcher(text).matches() ? json(assignment) : Optional.of(TextNode.valueOf(text));
            case OBJECT, MAP -> json(assignment);
        };
    }

    private static ArrayNode list(String text) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String element : text.split(",", -1)) {
            if (!element.isBlank()) {
                list.add(element.strip());
            }
        }
        return list;
    }

    private Optional<JsonNode> json(Assignment assignment) {
        try {
            return Optional.of(MAPPER.readTree(assignment.text())).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException e) {
            findings.problemAt(
                    assignment.source(),
                    "is not JSON",
                    "Write it as in the file, such as [{\"appId\": \"…\", \"key\": \"…\"}]; in a shell put it into single"
                            + " quotes");
            return Optional.empty();
        }
    }

    private void reportUnknown(Assignment assignment) {
        String cure = EditDistance.nearest(assignment.key(), known.names())
                .or(() -> new NearestKey(known.names()).of(assignment.key()))
                .map(near -> "Did you mean \"" + near + "\"?")
                .orElse("\"echo-server config\" lists all keys");
        findings.problemAt(assignment.source(), "is not a known key", cure);
    }
}
