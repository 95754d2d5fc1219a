package dev.echoserver.live;

import dev.echoserver.census.Count;
import dev.echoserver.live.Sighting.Delivered;
import dev.echoserver.live.Sighting.Dropped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why an event reached nobody, as far as the names of the channels tell that have sockets. */
final class Diagnosis {
    private static final List<String> GUARDS = List.of("private-encrypted-", "private-", "presence-");

    private final Sighting sighting;
    private final Count sockets;

    private Diagnosis(Sighting sighting, Count sockets) {
        this.sighting = sighting;
        this.sockets = sockets;
    }

    /**
     * What to look at, most likely first.
     *
     * @param sockets of this server, on all their channels
     * @param refused what is known of browsers that were kept out of the channel
     */
    static List<String> of(Sighting sighting, Count sockets, Optional<String> refused) {
        if (sighting.fate() instanceof Dropped dropped) {
            String cure = dropped.reason().cure();
            return List.of("Not sent to browsers: " + dropped.reason().text() + "."
                    + (cure.isEmpty() ? "" : " Cure: " + cure + "."));
        }
        if (!sighting.reachedNobody()) {
            return List.of();
        }
        Diagnosis diagnosis = new Diagnosis(sighting, sockets);
        List<String> hints = Stream.of(
                        diagnosis.ofFate(),
                        diagnosis.prefixIsMissing(),
                        diagnosis.prefixIsInThePage(),
                        diagnosis.otherKind(),
                        diagnosis.otherCase(),
                        refused)
                .flatMap(Optional::stream)
                .toList();
        return hints.isEmpty() ? List.of(diagnosis.nobody()) : hints;
    }

    private Optional<String> ofFate() {
        if (!(sighting.fate() instanceof Delivered delivered)) {
            return Optional.of(
                    "It is outside the key prefix that is set, so it was not taken for an event of this application.");
        }
        if (delivered.isLost()) {
            return Optional.of(
                    "There was no room for it: events come faster than they can be written to the browsers.");
        }
        return delivered.isSenderHere()
                ? Optional.of("Only the sender is on this channel, and toOthers() leaves the sender out.")
                : Optional.empty();
    }

    private Optional<String> prefixIsMissing() {
        String name = sighting.received();
        return longest(joined -> name.endsWith(joined) && isForeign(joined) && isGuarded(joined) == isGuarded(name))
                .map(joined -> on(joined) + ", and it came on \"" + name + "\". If it is of your application, set"
                        + " \"keyPrefix\": \"" + name.substring(0, name.length() - joined.length())
                        + "\" under databaseConfig.redis.");
    }

    /** Whether the event was not taken for one of {@code joined}, although its name ends so. */
    private boolean isForeign(String joined) {
        return sighting.fate() instanceof Sighting.Foreign
                || (!joined.equals(sighting.channel()) && !joined.equals(sighting.received()));
    }

    private Optional<String> prefixIsInThePage() {
        String channel = sighting.channel();
        return longest(joined ->
                        joined.endsWith(channel) && joined.length() > channel.length() && !isGuardOf(joined, channel))
                .map(joined -> on(joined) + ": the page names the channel with the prefix of Redis in front of it."
                        + " Write Echo." + way(channel) + " there.");
    }

    private Optional<String> otherKind() {
        String channel = sighting.channel();
        return longest(joined -> !joined.equals(channel) && base(joined).equals(base(channel)))
                .map(joined -> on(joined) + ", but the event is for \"" + channel + "\". In the page, use Echo."
                        + way(channel) + "; or change broadcastOn() of the event.");
    }

    private Optional<String> otherCase() {
        String channel = sighting.channel();
        return longest(joined -> !joined.equals(channel) && joined.equalsIgnoreCase(channel))
                .map(joined -> on(joined) + ": small and capital letters differ.");
    }

    private String nobody() {
        if (sockets.sockets() == 0) {
            return "No browser is connected to this server.";
        }
        return "No browser of this server is on \"" + sighting.channel()
                + "\", and none on a channel with a similar name." + " In the page: Echo." + way(sighting.channel());
    }

    private Optional<String> longest(Predicate<String> wanted) {
        return sockets.subscribers().keySet().stream()
                .filter(wanted)
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    private String on(String channel) {
        int count = sockets.of(channel);
        return count + (count == 1 ? " socket is" : " sockets are") + " on \"" + channel + "\"";
    }

    private static boolean isGuarded(String name) {
        return name.contains("private-") || name.contains("presence-");
    }

    private static boolean isGuardOf(String joined, String channel) {
        return GUARDS.stream().anyMatch(guard -> joined.equals(guard + channel));
    }

    private static String guard(String channel) {
        return GUARDS.stream().filter(channel::startsWith).findFirst().orElse("");
    }

    private static String base(String channel) {
        return channel.substring(guard(channel).length());
    }

    /** How Laravel Echo is told to join {@code channel}. */
    private static String way(String channel) {
        String method = switch (guard(channel)) {
            case "private-encrypted-" -> "encryptedPrivate";
            case "private-" -> "private";
            case "presence-" -> "join";
            default -> "channel";
        };
        return method + "('" + base(channel) + "')";
    }
}
