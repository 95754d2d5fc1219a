package dev.echoserver.socketio;

import dev.echoserver.json.Json;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;

/**
 * What a client said when it connected to a namespace.
 *
 * @param auth a JSON object, from clients of revision 5
 * @param query what stood behind the {@code ?} of the namespace, from clients of revision 4; empty if there was none
 */
record ConnectPayload(Optional<Json> auth, String query) {
    /** Nothing, as most clients. */
    static final ConnectPayload NONE = new ConnectPayload(Optional.empty(), "");

    /** That of a client of revision 5. */
    static ConnectPayload ofAuth(Optional<Json> auth) {
        return auth.isEmpty() ? NONE : new ConnectPayload(auth, "");
    }

    /** That of a client of revision 4 that connects to {@code namespace}, {@code /name} or {@code /name?a=b&c=d}. */
    static ConnectPayload ofNamespace(String namespace) {
        int begin = namespace.indexOf('?');
        return begin < 0 ? NONE : new ConnectPayload(Optional.empty(), namespace.substring(begin + 1));
    }

    /** The first value of the parameter {@code name} in the query; none if an escape in that is malformed. */
    Optional<String> parameter(String name) {
        try {
            return new QueryStringDecoder(query, false)
                    .parameters().getOrDefault(name, List.of()).stream().findFirst();
        } catch (IllegalArgumentException malformedEscape) {
            return Optional.empty();
        }
    }
}
