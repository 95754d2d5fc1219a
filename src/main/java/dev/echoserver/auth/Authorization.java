package dev.echoserver.auth;

import dev.echoserver.json.Json;
import java.util.Optional;

/** The answer to an {@link AuthQuestion}. */
public sealed interface Authorization {

    /**
     * The socket may join.
     *
     * @param channelData who it is, a JSON object such as {@code {"user_id":1,"user_info":{}}}; always there for a
     *     presence channel
     */
    record Granted(Optional<Json> channelData) implements Authorization {}

    /**
     * The socket may not join.
     *
     * @param status the HTTP status of the answer; 0 if there was none, 503 if too many questions are open
     * @param reason what happened, in a few words for the developer of the page; holds no secret
     */
    record Denied(int status, String reason) implements Authorization {}
}
