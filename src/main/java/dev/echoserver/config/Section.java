package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.echoserver.config.AskedKeys.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One object of the file. A value is asked for with its type and its default; what does not fit becomes a problem and
 * reads as the default, so that reading goes on and finds the other problems too. The keys asked for are the known
 * ones: {@link #close} reports the rest.
 *
 * <p>{@code null} means the default. Numbers and booleans may also be written as text, because environment variables
 * and hand-written files do so.
 */
final class Section {
    private final JsonNode node;
    private final String path;
    private final Findings findings;
    private final AskedKeys asked;
    private final Set<String> known = new TreeSet<>();

    Section(JsonNode node, String path, Findings findings, AskedKeys asked) {
        this.node = node;
        this.path = path;
        this.findings = findings;
        this.asked = asked;
    }

    String pathOf(String key) {
        return path + "." + key;
    }

    boolean has(String key) {
        return !at(key).isMissingNode();
    }

    /** The value as it stands; a missing node if it is absent or {@code null}. */
    JsonNode value(String key) {
        JsonNode value = at(key);
        return note(key, Kind.ANY, value, value.isMissingNode() ? NullNode.getInstance() : value);
    }

    private JsonNode at(String key) {
        known.add(key);
        JsonNode value = node.path(key);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    /** Remembers that {@code key} was asked for and means {@code effective}; returns {@code answer}. */
    private <T> T note(String key, Kind kind, T answer, Object effective) {
        boolean isDefault = at(key).isMissingNode();
        asked.note(pathOf(key), kind, effective, isDefault ? "default" : findings.sourceOf(pathOf(key)));
        return answer;
    }

    /** Whether there is an object; {@code []} is one without keys, as PHP writes it. */
    boolean isObject(String key) {
        return isObject(value(key));
    }

    private static boolean isObject(JsonNode value) {
        return value.isObject() || (value.isArray() && value.isEmpty());
    }

    boolean isList(String key) {
        return at(key).isArray();
    }

    /** Whether the value stands in a file of laravel-echo-server. */
    boolean isInOldFile(String key) {
        return findings.isInOldFile(pathOf(key));
    }

    /** A text or a number, as text; empty if absent or {@code ""}. */
    Optional<String> text(String key) {
        JsonNode value = Coercion.scalar(at(key), isInOldFile(key));
        if (value.isTextual() || value.isNumber()) {
            Optional<String> text = Optional.of(Coercion.text(value)).filter(known -> !known.isEmpty());
            return note(key, Kind.TEXT, text, text.orElse(""));
        }
        if (!value.isMissingNode()) {
            wrong(key, "a text in double quotes");
        }
        return note(key, Kind.TEXT, Optional.empty(), NullNode.getInstance());
    }

    String text(String key, String fallback) {
        String text = text(key).orElse(fallback);
        return note(key, Kind.TEXT, text, text);
    }

    /** Whether {@code ""} stands there. */
    boolean isEmptyText(String key) {
        return at(key).isTextual() && at(key).textValue().isEmpty();
    }

    /** {@code "a, b"} or {@code ["a", "b"]}, with a comma between each two; possibly empty. */
    String joined(String key) {
        return String.join(", ", texts(key));
    }

    /** {@code "a"} or {@code ["a", "b"]}; empty texts are left out, and {@code fallback} stands for none. */
    List<String> texts(String key, String... fallback) {
        List<String> texts = textsOf(key);
        List<String> answer = texts.isEmpty() ? List.of(fallback) : texts;
        return note(key, Kind.LIST, answer, answer);
    }

    private List<String> textsOf(String key) {
        JsonNode value = at(key);
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

    /** An object whose values are all texts, or lists of them, in alphabetical order. */
    Map<String, String> textMap(String key) {
        Map<String, String> map = new TreeMap<>();
        Section inner = new Section(section(key).node, pathOf(key), findings, new AskedKeys());
        inner.node.fieldNames().forEachRemaining(name -> {
            String text = inner.at(name).isBoolean() ? inner.at(name).asText() : inner.joined(name);
            if (!text.isEmpty()) {
                map.put(name, text);
            }
        });
        return note(key, Kind.MAP, map, map);
    }

    boolean flag(String key, boolean fallback) {
        JsonNode value = at(key);
        Optional<Boolean> said = Coercion.flag(value);
        if (said.isEmpty() && !value.isMissingNode()) {
            wrong(key, "true or false", fallback);
        }
        boolean flag = said.orElse(fallback);
        return note(key, Kind.PLAIN, flag, flag);
    }

    /**
     * As {@link #flag}; in a file of laravel-echo-server, which compared such a value with nothing, as JavaScript takes it:
     * any text but an empty one is true.
     */
    boolean truth(String key, boolean fallback) {
        JsonNode value = at(key);
        if (value.isMissingNode() || value.isBoolean() || !isInOldFile(key)) {
            return flag(key, fallback);
        }
        boolean truth = Coercion.isTruthy(value) || fallback;
        if (truth != Coercion.flag(value).orElse(false)) {
            findings.notice(
                    pathOf(key),
                    "is " + Secrets.shown(pathOf(key), value) + ", which laravel-echo-server takes for " + truth
                            + ", and so does this server",
                    "Write true or false, without quotes");
        }
        return note(key, Kind.PLAIN, truth, truth);
    }

    /** A whole number from {@code min} to {@code max}. */
    int whole(String key, int fallback, int min, int max) {
        JsonNode value = at(key);
        Optional<Integer> number = Coercion.whole(value).filter(found -> found >= min && found <= max);
        int answer = number.orElseGet(
                () -> Coercion.nearest(value, max).filter(near -> near >= min).orElse(fallback));
        if (number.isEmpty() && !value.isMissingNode()) {
            wrong(key, "a whole number from " + min + " to " + max, answer);
        }
        return note(key, Kind.PLAIN, answer, answer);
    }

    /** A bit mask of 32 bits, as a whole number. */
    int bits(String key, int fallback) {
        JsonNode value = at(key);
        Optional<Long> mask = Coercion.bits(value);
        if (mask.isEmpty() && !value.isMissingNode()) {
            wrong(key, "a whole number such as " + fallback, fallback);
        }
        long bits = mask.orElse((long) fallback);
        return note(key, Kind.PLAIN, (int) bits, bits);
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
        wrong(key, String.join(" or ", names), wireName(fallback));
        return fallback;
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The object under {@code key}; an empty one if it is absent or something else. */
    Section section(String key) {
        JsonNode value = at(key);
        if (!value.isMissingNode() && !isObject(value)) {
            wrong(key, "an object { … }");
        }
        JsonNode object = value.isObject() ? value : JsonNodeFactory.instance.objectNode();
        note(key, Kind.OBJECT, object, object);
        return new Section(object, pathOf(key), findings, asked);
    }

    /** The objects of the array under {@code key}. */
    List<Section> sections(String key) {
        JsonNode value = at(key);
        note(key, Kind.OBJECT, value, value.isArray() ? value : List.of());
        if (!value.isArray()) {
            if (!value.isMissingNode() && !(value.isObject() && value.isEmpty())) {
                wrong(key, "an array [ … ]");
            }
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isObject()) {
                sections.add(new Section(value.get(i), pathOf(key) + "[" + i + "]", findings, asked));
            } else {
                wrong(key + "[" + i + "]", value.get(i), "an object { … }");
            }
        }
        return sections;
    }

    /** Accepts keys that change nothing, without a word. */
    void accepted(String... keys) {
        known.addAll(Set.of(keys));
    }

    /** Accepts keys of laravel-echo-server that change nothing here, with a notice for each that is there. */
    void ignored(String reason, String... keys) {
        for (String key : keys) {
            if (has(key)) {
                findings.notice(pathOf(key), "has no effect: " + reason, "You can remove it");
            }
        }
    }

    /** Reports the value of {@code key} as a mistake. */
    void wrong(String key, String expected) {
        wrong(key, at(key), expected);
    }

    private void wrong(String key, String expected, Object taken) {
        findings.mistake(pathOf(key), "is " + Secrets.shown(pathOf(key), at(key)), "Write " + expected, taken);
    }

    private void wrong(String key, JsonNode value, String expected) {
        findings.mistake(pathOf(key), "is " + Secrets.shown(pathOf(key), value), "Write " + expected);
    }

    /** Reports the value of {@code key} as a problem, because laravel-echo-server does not start with it either. */
    void impossible(String key, String expected) {
        findings.problem(pathOf(key), "is " + Secrets.shown(pathOf(key), at(key)), "Write " + expected);
    }

    /** Gives a notice for each key that nobody asked for. Call it last. */
    void close() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                findings.unknown(new UnknownKey(pathOf(key), node.path(key), known));
            }
        });
    }
}
