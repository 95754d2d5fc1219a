package dev.echoserver.redis;

import dev.echoserver.doctor.Finding;
import dev.echoserver.json.Json;
import dev.echoserver.log.Excerpt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the names under which events came say about {@code keyPrefix}. */
final class PrefixFinding {
    static final String ID = "redis.prefix";
    private static final int NAMES_SHOWN = 3;

    private PrefixFinding() {}

    /** @param listening for how long was listened */
    static Finding of(String prefix, List<String> own, List<String> foreign, Duration listening) {
        if (!own.isEmpty()) {
            return Finding.ok(
                    ID, "Laravel's events come under the prefix that is set (\"" + prefix + "\"): " + some(own));
        }
        return foreign.isEmpty() ? nothing(listening) : other(prefix, foreign);
    }

    private static Finding nothing(Duration listening) {
        return Finding.notChecked(
                ID,
                "No event of Laravel came in " + listening.toSeconds() + " s, so keyPrefix could not be compared."
                        + " Cause one meanwhile, or listen longer: --seconds 60");
    }

    private static Finding other(String prefix, List<String> foreign) {
        Optional<String> seen =
                foreign.stream().map(PrefixGuess::of).flatMap(Optional::stream).findFirst();
        return Finding.fault(
                ID,
                "Laravel publishes on " + some(foreign) + ", but keyPrefix is \"" + prefix + "\"",
                "The names do not fit, so no browser gets these events (if they are of your application).",
                seen.isPresent()
                        ? "write what stands before the name of the channel:"
                        : "write what stands before the name of the channel, here perhaps nothing:",
                RedisTrouble.redis("\"keyPrefix\": " + Json.string(seen.orElse(""))));
    }

    private static String some(List<String> names) {
        String shown = names.stream()
                .limit(NAMES_SHOWN)
                .map(name -> "\"" + Excerpt.of(name) + "\"")
                .collect(Collectors.joining(", "));
        return names.size() > NAMES_SHOWN ? shown + " and " + (names.size() - NAMES_SHOWN) + " more" : shown;
    }
}
