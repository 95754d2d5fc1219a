package dev.echoserver.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server does at one moment.
 *
 * @param connections by transport
 * @param subscriptions by kind of channel
 * @param dropped since its start
 * @param busiest of the second before, busiest first
 */
public record ServerFigures(
        Instant at,
        String version,
        Duration uptime,
        Map<String, Long> connections,
        Map<String, Long> subscriptions,
        long channels,
        Rates rates,
        long dropped,
        List<Busy> busiest,
        Redis redis,
        Auth auth,
        long memoryMib,
        double loopLagMillis) {

    /** Copies the collections. */
    public ServerFigures {
        connections = new TreeMap<>(connections);
        subscriptions = new TreeMap<>(subscriptions);
        busiest = List.copyOf(busiest);
    }

    /** Per second. */
    public record Rates(double broadcasts, double deliveries, double bytes) {}

    /** A channel with its events per second. */
    public record Busy(String channel, double perSecond, long sockets) {}

    /** Where Laravel's events come from. */
    public record Redis(boolean isListening, String address) {}

    /** Questions to Laravel; the counts are since the start, {@code millis} is what one takes now. */
    public record Auth(long granted, long refused, double perSecond, double millis) {}

    /** Reads a line of {@code /top}; what is missing is 0 or empty, so that another version can be read. */
    public static ServerFigures of(JsonNode line) {
        List<Busy> busiest = new ArrayList<>();
        line.path("busiest")
                .forEach(busy -> busiest.add(new Busy(
                        busy.path("channel").asText(),
                        busy.path("perSecond").asDouble(),
                        busy.path("sockets").asLong())));
        return new ServerFigures(
                TracedEvent.instant(line.path("at").asText()),
                line.path("version").asText("?"),
                Duration.ofSeconds(line.path("uptimeSeconds").asLong()),
                counts(line.path("connections")),
                counts(line.path("subscriptions")),
                line.path("channels").asLong(),
                new Rates(
                        line.path("broadcastsPerSecond").asDouble(),
                        line.path("deliveriesPerSecond").asDouble(),
                        line.path("bytesPerSecond").asDouble()),
                line.path("dropped").asLong(),
                busiest,
                new Redis(
                        line.path("redis").path("listening").asBoolean(),
                        line.path("redis").path("address").asText()),
                auth(line.path("auth")),
                line.path("memoryMiB").asLong(),
                line.path("loopLagMillis").asDouble());
    }

    private static Auth auth(JsonNode auth) {
        return new Auth(
                auth.path("granted").asLong(),
                auth.path("refused").asLong(),
                auth.path("perSecond").asDouble(),
                auth.path("millis").asDouble());
    }

    private static Map<String, Long> counts(JsonNode object) {
        Map<String, Long> counts = new TreeMap<>();
        object.properties()
                .forEach(field -> counts.put(field.getKey(), field.getValue().asLong()));
        return counts;
    }

    static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
