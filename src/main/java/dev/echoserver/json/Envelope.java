package dev.echoserver.json;

import java.util.Optional;
import java.util.Set;

/**
 * What Laravel publishes: {@code {"event": string, "data": any, "socket": string|null}}.
 *
 * @param event the event's name as published: a JSON string with its quotes and its escapes
 * @param eventName the same name, read; never empty
 * @param data as published, or {@code null} if absent; never carries the id in {@code socket} at its top level
 * @param socket whom to leave out: Laravel's {@code toOthers()}
 */
public record Envelope(Json event, String eventName, Json data, Optional<String> socket) implements Scanned {
    /**
     * Names of events that nobody may use, because the clients emit them themselves.
     *
     * <p>Source: socket.io-parser 4.2, {@code RESERVED_EVENTS}.
     */
    public static final Set<String> RESERVED_EVENTS =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");
}
