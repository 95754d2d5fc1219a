package dev.echoserver.live;

import java.time.Duration;
import java.util.Map;

/**
 * What a server knows of itself at one moment; counts are since its start.
 *
 * @param version of the program
 * @param connections by transport, such as {@code websocket}
 * @param subscriptions by the kind of the channel, such as {@code presence}
 * @param load what it has done
 * @param redis what it hears Laravel by
 * @param auth what Laravel was asked
 * @param memoryBytes of the process
 * @param loopLag how late the latest event loop was last
 */
public record Figures(
        String version,
        Duration uptime,
        Map<String, Long> connections,
        Map<String, Long> subscriptions,
        Load load,
        Redis redis,
        Auth auth,
        long memoryBytes,
        Duration loopLag) {

    /** Copies the maps. */
    public Figures {
        connections = Map.copyOf(connections);
        subscriptions = Map.copyOf(subscriptions);
    }

    /**
     * Events.
     *
     * @param broadcasts that came in
     * @param deliveries to sockets
     * @param bytes of these
     * @param dropped what was published but not sent
     */
    public record Load(long broadcasts, long deliveries, long bytes, long dropped) {}

    /**
     * The subscription.
     *
     * @param isListening whether what Laravel publishes arrives
     * @param address of Redis, without a password
     */
    public record Redis(boolean isListening, String address) {}

    /**
     * Questions who may join.
     *
     * @param granted with yes
     * @param refused for whatever reason
     * @param took all answers together
     */
    public record Auth(long granted, long refused, Duration took) {
        long asked() {
            return granted + refused;
        }
    }

    /** Where figures come from. */
    @FunctionalInterface
    public interface Source {
        /** Those of now. May read files; any thread but an event loop. */
        Figures now();
    }
}
