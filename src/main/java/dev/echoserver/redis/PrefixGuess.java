package dev.echoserver.redis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which key prefix the name of a channel of Laravel's has, as far as the name tells. */
final class PrefixGuess {
    /** Laravel's own: {@code laravel_database_}, and since 12.1 {@code laravel-database-}. */
    private static final Pattern OF_LARAVEL = Pattern.compile("^.*?[_-]database[_-]");

    private static final Pattern GUARDED = Pattern.compile("(private|presence)-");

    private PrefixGuess() {}

    /** Whether {@code name} may be one under {@code prefix}: without a prefix, one that shows Laravel's does not. */
    static boolean fits(String name, String prefix) {
        return prefix.isEmpty() ? !OF_LARAVEL.matcher(name).find() : name.startsWith(prefix);
    }

    /** What stands in front of the channel's own name; empty if nobody can tell. */
    static Optional<String> of(String name) {
        Matcher known = OF_LARAVEL.matcher(name);
        if (known.find()) {
            return Optional.of(known.group());
        }
        Matcher guarded = GUARDED.matcher(name);
        return guarded.find() ? Optional.of(name.substring(0, guarded.start())) : Optional.empty();
    }
}
