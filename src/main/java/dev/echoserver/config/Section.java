package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One object of the file. A value is asked for with its type and its default; what does not fit becomes a problem and
 * reads as the default, so that reading goes on and finds the other problems too. The keys asked for are the known
 * ones: {@link #close} reports the rest.
 *
 * <p>{@code null} means the default. Numbers and booleans may also be written as text, because environment variables
 * and hand-written files do so.
 */
final class Section {
    private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "");
    private static final Set<String> SECRETS =
            Set.of("password", "sentinelpassword", "sslpassphrase", "passphrase", "key");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern URL_WITH_PASSWORD = Pattern.compile("//[^/\"]*@");
    private static final int SHOWN_CHARACTERS = 60;

    private final JsonNode node;
    private final String path;
    private final Findings findings;
    private final Set<String> known = new TreeSet<>();

    Section(JsonNode node, String path, Findings findings) {
        this.node = node;
        this.path = path;
        this.findings = findings;
    }

    String pathOf(String key) {
        return path + "." + key;
    }

    boolean has(String key) {
        return !value(key).isMissingNode();
    }

    /** The value as it stands; a missing node if it is absent or {@code null}. */
    JsonNode value(String key) {
        known.add(key);
        JsonNode value = node.path(key);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    /** A text or a number, as text; empty if absent or {@code ""}. */
    Optional<String> text(String key) {
        JsonNode value = value(key);
        if (value.isTextual() || value.isNumber()) {
            return Optional.of(value.asText()).filter(text -> !text.isEmpty());
        }
        if (!value.isMissingNode()) {
            wrong(key, "a text in double quotes");
        }
        return Optional.empty();
    }

    String text(String key, String fallback) {
        return text(key).orElse(fallback);
    }

    /** {@code "a"} or {@code ["a", "b"]}; empty texts are left out. */
    List<String> texts(String key) {
        JsonNode value = value(key);
        if (!value.isArray()) {
            return text(key).stream().toList();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isTextual()) {
                texts.add(value.get(i).textValue());
            } else {
                wrong(key + "[" + i + "]", value.get(i), "a text in double quotes");
            }
        }
        texts.removeIf(String::isEmpty);
        return texts;
    }

    /** An object whose values are all texts, in alphabetical order. */
    Map<String, String> textMap(String key) {
        Map<String, String> map = new TreeMap<>();
        Section inner = section(key);
        inner.node.fieldNames().forEachRemaining(name -> inner.text(name).ifPresent(text -> map.put(name, text)));
        return map;
    }

    boolean flag(String key, boolean fallback) {
        JsonNode value = value(key);
        String text = value.asText().strip().toLowerCase(Locale.ROOT);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (value.isValueNode() && (TRUE.contains(text) || FALSE.contains(text))) {
            return TRUE.contains(text);
        }
        wrong(key, "true or false");
        return fallback;
    }

    /** A whole number from {@code min} to {@code max}. */
    int whole(String key, int fallback, int min, int max) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return fallback;
        }
        Optional<Integer> number = whole(value);
        if (number.isEmpty() || number.get() < min || number.get() > max) {
            wrong(key, "a whole number from " + min + " to " + max);
            return fallback;
        }
        return number.get();
    }

    private static Optional<Integer> whole(JsonNode value) {
        if (value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToInt()) {
            return Optional.of(value.intValue());
        }
        return Optional.of(value.asText().strip())
                .filter(text -> value.isTextual() && WHOLE_NUMBER.matcher(text).matches())
                .map(Integer::valueOf);
    }

    /** A time in milliseconds, at least one, at most a day. */
    Duration millis(String key, Duration fallback) {
        return Duration.ofMillis(whole(key, Math.toIntExact(fallback.toMillis()), 1, 86_400_000));
    }

    /** The constant whose lower-case name stands in the file. */
    <T extends Enum<T>> T choice(String key, T fallback) {
        T[] constants = fallback.getDeclaringClass().getEnumConstants();
        String text = text(key, wireName(fallback));
        List<String> names = new ArrayList<>();
        for (T constant : constants) {
            names.add('"' + wireName(constant) + '"');
            if (wireName(constant).equals(text)) {
                return constant;
            }
        }
        wrong(key, String.join(" or ", names));
        return fallback;
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The object under {@code key}; an empty one if it is absent or something else. */
    Section section(String key) {
        JsonNode value = value(key);
        if (!value.isMissingNode() && !value.isObject()) {
            wrong(key, "an object { … }");
        }
        return new Section(value.isObject() ? value : JsonNodeFactory.instance.objectNode(), pathOf(key), findings);
    }

    /** The objects of the array under {@code key}. */
    List<Section> sections(String key) {
        JsonNode value = value(key);
        if (!value.isMissingNode() && !value.isArray()) {
            wrong(key, "an array [ … ]");
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isObject()) {
                sections.add(new Section(value.get(i), pathOf(key) + "[" + i + "]", findings));
            } else {
                wrong(key + "[" + i + "]", value.get(i), "an object { … }");
            }
        }
        return sections;
    }

    /** Accepts keys of laravel-echo-server that change nothing here, with a notice for each that is there. */
    void ignored(String reason, String... keys) {
        for (String key : keys) {
            if (has(key)) {
                findings.notice(pathOf(key), "has no effect: " + reason, "You can remove it");
            }
        }
    }

    /** Reports the value of {@code key} as a problem. */
    void wrong(String key, String expected) {
        wrong(key, value(key), expected);
    }

    private void wrong(String key, JsonNode value, String expected) {
        findings.problem(pathOf(key), "is " + shown(key, value), "Write " + expected);
    }

    private static String shown(String key, JsonNode value) {
        String text = value.toString();
        if (SECRETS.contains(key.toLowerCase(Locale.ROOT))
                || URL_WITH_PASSWORD.matcher(text).find()) {
            return "(hidden) and of the wrong kind";
        }
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    /** Gives a notice for each key that nobody asked for. Call it last. */
    void close() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                String cure = EditDistance.nearest(key, known)
                        .map(near -> "Did you mean \"" + near + "\"?")
                        .orElse("Known here: " + String.join(", ", known));
                findings.notice(pathOf(key), "is not a known key and has no effect", cure);
            }
        });
    }
}
