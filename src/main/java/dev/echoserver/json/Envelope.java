package dev.echoserver.json;

import java.util.Optional;
import java.util.Set;

/**
 * What Laravel publishes: {@code {"event": string, "data": any, "socket": string|null}}.
 *
 * @param event the event's name as published: a JSON string with its quotes and its escapes; not empty
 * @param data as published, or {@code null} if absent; never carries the id in {@code socket} at its top level
 * @param socket whom to leave out: Laravel's {@code toOthers()}
 */
public record Envelope(Json event, Json data, Optional<String> socket) implements Scanned {
    /**
     * Names of events that nobody may use, because the clients emit them themselves.
     *
     * <p>Source: socket.io-parser 4.2, {@code RESERVED_EVENTS}.
     */
    public static final Set<String> RESERVED_EVENTS =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    /** With what a reserved name begins as a JSON string. */
    private static final String RESERVED_BEGINNINGS = "cdnr\\";

    /** The event's name. */
    public String eventName() {
        return event.text();
    }

    /** Whether the event's name is reserved; reads it only if it begins like one. */
    boolean isReserved() {
        return RESERVED_BEGINNINGS.indexOf(event.bytes()[event.offset() + 1]) >= 0
                && RESERVED_EVENTS.contains(eventName());
    }
}
