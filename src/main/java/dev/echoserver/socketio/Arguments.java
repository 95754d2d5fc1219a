package dev.echoserver.socketio;

import dev.echoserver.json.Json;
import java.util.List;

/**
 * What an event or an acknowledgement carries.
 *
 * @param values JSON values; binary ones are {@code {"_placeholder":true,"num":n}}
 * @param attachments the bytes that the placeholders stand for, by their number
 */
public record Arguments(List<Json> values, List<byte[]> attachments) {
    public Arguments {
        values = List.copyOf(values);
        attachments = List.copyOf(attachments);
    }

    /** Arguments without binary data. */
    public static Arguments of(Json... values) {
        return new Arguments(List.of(values), List.of());
    }
}
