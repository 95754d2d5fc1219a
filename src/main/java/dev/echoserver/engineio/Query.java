package dev.echoserver.engineio;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The query parameters of one request, decoded.
 *
 * @param parameters by name, in the order of the request
 */
record Query(Map<String, List<String>> parameters) {

    /** The query of {@code uri}; empty if an escape in it is malformed. */
    static Optional<Query> of(String uri) {
        try {
            return Optional.of(new Query(new QueryStringDecoder(uri).parameters()));
        } catch (IllegalArgumentException malformedEscape) {
            return Optional.empty();
        }
    }

    /** The first value of the parameter {@code name}. */
    Optional<String> first(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }
}
