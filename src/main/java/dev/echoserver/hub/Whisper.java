package dev.echoserver.hub;

import dev.echoserver.json.Json;
import java.util.List;

/**
 * What a socket says to the others of its channel.
 *
 * @param event its name, a JSON string
 * @param data any JSON value; binary ones are {@code {"_placeholder":true,"num":n}}
 * @param attachments the bytes that the placeholders stand for, by their number
 */
public record Whisper(Json event, Json data, List<byte[]> attachments) {
    /** Copies {@code attachments}, but not their bytes. */
    public Whisper {
        attachments = List.copyOf(attachments);
    }

    /** How large it is: the characters of its text, and the bytes of its attachments. */
    public long size() {
        return (long) event.length()
                + data.length()
                + attachments.stream().mapToLong(bytes -> bytes.length).sum();
    }
}
