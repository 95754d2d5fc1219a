package dev.echoserver.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of one event.
 *
 * @param origin such as {@code redis}
 * @param received the name on Redis, key prefix included
 * @param event empty if it is no event
 * @param sockets how many got it
 * @param dropped why it was not taken for an event
 * @param hints what to look at
 */
public record TracedEvent(
        Instant at,
        String origin,
        String received,
        String channel,
        Optional<String> event,
        long bytes,
        long sockets,
        Optional<Double> millis,
        Optional<String> dropped,
        List<String> hints) {
    private static final double MICROS_PER_MILLI = 1000;

    /** Copies the hints. */
    public TracedEvent {
        hints = List.copyOf(hints);
    }

    /** Reads a line of {@code /trace}; what is missing is empty, so that another version can be read. */
    public static TracedEvent of(JsonNode line) {
        List<String> hints = new ArrayList<>();
        line.path("hints").forEach(hint -> hints.add(hint.asText()));
        String channel = line.path("channel").asText();
        return new TracedEvent(
                instant(line.path("at").asText()),
                line.path("origin").asText("?"),
                line.path("received").asText(channel),
                channel,
                text(line, "event"),
                line.path("bytes").asLong(),
                line.path("sockets").asLong(),
                Optional.of(line.path("micros"))
                        .filter(JsonNode::isNumber)
                        .map(micros -> micros.doubleValue() / MICROS_PER_MILLI),
                text(line, "dropped"),
                hints);
    }

    /** Whether {@code line} is about an event, and not about those that were left out. */
    public static boolean isIn(JsonNode line) {
        return line.has("channel");
    }

    private static Optional<String> text(JsonNode line, String name) {
        return Optional.of(line.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
