package dev.echoserver.census;

import java.util.HashMap;
import java.util.Map;

/**
 * What was counted.
 *
 * @param sockets connected, on whatever channels
 * @param subscribers by the name of each selected channel that has any
 */
public record Count(long sockets, Map<String, Integer> subscribers) {
    /** Nobody. */
    public static final Count ZERO = new Count(0, Map.of());

    public Count {
        subscribers = Map.copyOf(subscribers);
    }

    /** The subscribers of {@code channel}. */
    public int of(String channel) {
        return subscribers.getOrDefault(channel, 0);
    }

    /** The sum of two counts of different sockets. */
    public Count plus(Count other) {
        Map<String, Integer> sum = new HashMap<>(subscribers);
        other.subscribers.forEach((channel, more) -> sum.merge(channel, more, Integer::sum));
        return new Count(sockets + other.sockets, sum);
    }
}
