package dev.echoserver.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.broadcast.DropReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of one thing that was published.
 *
 * @param at when it arrived
 * @param origin in small letters, such as {@code redis}
 * @param received the name of the Redis channel, or that of the channel if it did not come over Redis
 * @param channel behind the key prefix
 * @param event empty if it is no event
 * @param bytes of its data
 * @param fate what became of it
 */
record Sighting(
        Instant at, String origin, String received, String channel, Optional<String> event, int bytes, Fate fate) {

    /** What became of it. */
    sealed interface Fate {}

    /**
     * It was an event.
     *
     * @param sockets of this server that got it
     * @param isSenderHere whether one more must not get it
     * @param isLost whether there was no room for it
     */
    record Delivered(int sockets, boolean isSenderHere, boolean isLost, Duration took) implements Fate {}

    /** It was none. */
    record Dropped(DropReason reason) implements Fate {}

    /** It was one, but outside the key prefix, so it was not for this server. */
    record Foreign() implements Fate {}

    /** Whether it was an event for this server, and no socket of it got it. */
    boolean reachedNobody() {
        return fate instanceof Foreign || (fate instanceof Delivered delivered && delivered.sockets() == 0);
    }

    /** As one line of JSON. */
    String json(List<String> hints) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", at.toString())
                .put("origin", origin)
                .put("received", received)
                .put("channel", channel);
        event.ifPresent(name -> line.put("event", name));
        line.put("bytes", bytes);
        if (fate instanceof Delivered delivered) {
            line.put("sockets", delivered.sockets())
                    .put("micros", delivered.took().toNanos() / 1000);
        } else {
            line.put("sockets", 0);
        }
        if (fate instanceof Dropped dropped) {
            line.put("dropped", dropped.reason().name());
        }
        hints.forEach(line.putArray("hints")::add);
        return line.toString();
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
