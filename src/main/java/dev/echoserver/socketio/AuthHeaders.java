package dev.echoserver.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.json.JavaScript;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads the headers for Laravel out of {@code {"headers": {name: value}}}.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code private-channel.ts#authenticate}; Node's {@code http}, for which a value may
 * be a number, a boolean or an array of values. Unlike laravel-echo-server, {@code null} is not sent as a word, nor is
 * {@code [object Object]}.
 */
final class AuthHeaders {
    private AuthHeaders() {}

    /** As a map; what is no header is left out. */
    static Map<String, String> of(JsonNode auth) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> header : auth.path("headers").properties()) {
            value(header.getValue()).ifPresent(value -> headers.put(header.getKey(), value));
        }
        return headers;
    }

    private static Optional<String> value(JsonNode value) {
        if (!value.isArray()) {
            return JavaScript.text(value);
        }
        String list = StreamSupport.stream(value.spliterator(), false)
                .flatMap(each -> JavaScript.text(each).stream())
                .collect(Collectors.joining(", "));
        return Optional.of(list).filter(some -> !some.isEmpty());
    }
}
