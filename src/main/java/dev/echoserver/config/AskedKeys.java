package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys that one reading asked for, each with its kind and what it came to. */
final class AskedKeys {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Asked> keys = new LinkedHashMap<>();

    /** How a value may be written outside the file. A key that is asked for in several ways has the last of its kinds. */
    enum Kind {
        /** As it is. */
        TEXT,
        /** Texts, with commas between them. */
        LIST,
        /** A number, or true or false. */
        PLAIN,
        /** Anything: JSON if it looks like it. */
        ANY,
        /** JSON; the keys inside are asked for one by one. */
        OBJECT,
        /** JSON; the keys inside are free. */
        MAP
    }

    private record Asked(Kind kind, JsonNode value, String source) {}

    /** Notes that {@code path} was asked for. The elements of an array are no keys. */
    void note(String path, Kind kind, Object value, String source) {
        if (path.contains("[")) {
            return;
        }
        String key = path.substring("$.".length());
        Kind known = kind(key).orElse(kind);
        JsonNode shown = Secrets.hide(key.substring(key.lastIndexOf('.') + 1), MAPPER.valueToTree(value));
        keys.put(key, new Asked(kind.compareTo(known) > 0 ? kind : known, shown, source));
    }

    void addAll(AskedKeys others) {
        others.keys.forEach((key, asked) -> note("$." + key, asked.kind, NullNode.getInstance(), ""));
    }

    Set<String> names() {
        return keys.keySet();
    }

    Optional<Kind> kind(String key) {
        return Optional.ofNullable(keys.get(key)).map(Asked::kind);
    }

    /** All but the objects, whose keys are here themselves. */
    List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        keys.forEach((key, asked) -> {
            if (asked.kind != Kind.OBJECT || asked.value.isArray()) {
                settings.add(new Setting(key, asked.value, asked.source));
            }
        });
        return settings;
    }
}
