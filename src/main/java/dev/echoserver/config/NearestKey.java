package dev.echoserver.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the key of the file that a mistyped or misplaced one was probably meant to be: of the same name elsewhere
 * ({@code options.password} is {@code databaseConfig.redis.password}), of a longer name ({@code prefix} is
 * {@code keyPrefix}), or of nearly the same.
 */
final class NearestKey {
    /** Shorter words are the end of too many others. */
    private static final int TELLING_LETTERS = 4;

    private static final int NO_MATCH = 4;

    /** How other programs call what is called otherwise here. */
    private static final Map<String, String> NAMES_ELSEWHERE = Map.of(
            "redis.database", "databaseConfig.redis.db",
            "redis.scheme", "databaseConfig.redis.tls",
            "cors.origin", "socketio.origins",
            "auth.pass", "databaseConfig.redis.password");

    private final List<String> known;

    /** {@code known} are keys with dots. */
    NearestKey(Collection<String> known) {
        this.known = List.copyOf(known);
    }

    /** The known key nearest to {@code key}, which has dots, too; empty if none is near. */
    Optional<String> of(String key) {
        return NAMES_ELSEWHERE.entrySet().stream()
                .filter(other -> squeezed(key).endsWith(squeezed(other.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> known.stream()
                        .filter(candidate -> likeness(key, candidate) < NO_MATCH)
                        .min(Comparator.<String>comparingInt(candidate -> likeness(key, candidate))
                                .thenComparingInt(candidate -> -shared(key, candidate))
                                .thenComparingInt(candidate -> parts(candidate).size())
                                .thenComparing(Comparator.naturalOrder())));
    }

    /** 0 for the same name with that of the object around it, 1 for the same name, 2 for a longer one, 3 for a similar one. */
    private static int likeness(String key, String candidate) {
        String name = squeezed(last(key, 1));
        String other = squeezed(last(candidate, 1));
        String pair = squeezed(last(key, 2));
        String otherPair = squeezed(last(candidate, 2));
        if (name.equals(other)) {
            return pair.equals(otherPair) && !pair.equals(name) ? 0 : 1;
        }
        if (pair.equals(other) || name.equals(otherPair)) {
            return 0;
        }
        if (name.length() >= TELLING_LETTERS && other.endsWith(name)) {
            return 2;
        }
        return EditDistance.nearest(name, Set.of(other)).isPresent() && name.length() >= TELLING_LETTERS ? 3 : NO_MATCH;
    }

    /** How many of the objects around them have the same name. */
    private static int shared(String key, String candidate) {
        List<String> around = parts(candidate);
        return (int) parts(key).stream().filter(around::contains).count();
    }

    private static List<String> parts(String key) {
        return Arrays.asList(key.split("\\."));
    }

    private static String last(String key, int number) {
        List<String> parts = parts(key);
        return String.join("", parts.subList(Math.max(0, parts.size() - number), parts.size()));
    }

    /** Its letters and digits, in lower case. */
    private static String squeezed(String name) {
        return name.replaceAll("[^\\p{L}\\d]", "").toLowerCase(Locale.ROOT);
    }
}
