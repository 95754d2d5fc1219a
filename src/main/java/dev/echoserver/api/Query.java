package dev.echoserver.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands behind the question mark: parameters by name, sorted. Names are in lower case, and {@code info[0]} is
 * another {@code info}.
 */
final class Query {
    private static final Pattern INDEX = Pattern.compile("\\[\\d*]$");

    private final Map<String, List<String>> parameters = new TreeMap<>();

    private Query() {}

    /** The query of {@code uri}, which may have none. */
    static Query of(String uri) {
        Query query = new Query();
        int mark = uri.indexOf('?');
        String text = mark < 0 ? "" : uri.substring(mark + 1);
        for (String parameter : text.split("&", -1)) {
            query.add(parameter);
        }
        return query;
    }

    private void add(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        if (!name.isEmpty()) {
            String key = INDEX.matcher(decoded(name)).replaceFirst("").toLowerCase(Locale.ROOT);
            parameters.computeIfAbsent(key, first -> new ArrayList<>()).add(decoded(value));
        }
    }

    /** What is not percent-encoded as it should be stays as it is. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    /** All values of {@code name}, joined by commas; empty if that is nothing. */
    Optional<String> value(String name) {
        return Optional.ofNullable(parameters.get(name))
                .map(values -> String.join(",", values))
                .filter(value -> !value.isEmpty());
    }

    /** All parameters but {@code left}, as {@code a=1&b=2}, not encoded. */
    String without(String left) {
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(left))
                .map(parameter -> parameter.getKey() + "=" + String.join(",", parameter.getValue()))
                .collect(Collectors.joining("&"));
    }
}
