package dev.echoserver.redis;

import dev.echoserver.channel.InternalChannel;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an ACL user of Redis must be allowed to. */
final class Permissions {
    private static final String COMMANDS =
            "+psubscribe +publish +ping +select +eval +time +exists +del" + " +@string +@hash +@set +@sortedset";
    private static final String OF_A_CLUSTER = " +cluster|nodes";

    /** Redis 6: "…no permissions to run the 'eval' command or its subcommand"; 7: "User x has no permissions to run …". */
    private static final Pattern COMMAND = Pattern.compile("run the '([^']+)' command");

    private Permissions() {}

    /** What to do about {@code refusal}: which permission is missing, as ACL writes it, and the command that gives it. */
    static String cure(String refusal, RedisConfig settings) {
        return missing(refusal, settings)
                .map(rule -> "the permission " + rule + " is missing; " + grant(settings))
                .orElseGet(() -> grant(settings));
    }

    /** The permission that is missing, as ACL writes it; empty if {@code refusal} does not tell. */
    static Optional<String> missing(String refusal, RedisConfig settings) {
        String prefix = settings.keyPrefix();
        Matcher command = COMMAND.matcher(refusal);
        if (command.find()) {
            return Optional.of("+" + command.group(1));
        }
        if (refusal.contains("channel")) {
            return Optional.of("&" + GlobPattern.startingWith(prefix));
        }
        return refusal.contains("key") ? Optional.of("~" + GlobPattern.startingWith(prefix)) : Optional.empty();
    }

    /** What to do so that all is allowed. */
    static String grant(RedisConfig settings) {
        return "run on Redis: " + command(settings);
    }

    /**
     * The command that allows all that the server does, so that there is one to run and not one for each part. A pattern
     * must be allowed as it stands in {@code PSUBSCRIBE}.
     */
    static String command(RedisConfig settings) {
        String user = settings.username().orElse("default");
        String cluster = settings.place() instanceof RedisPlace.Cluster ? OF_A_CLUSTER : "";
        return "ACL SETUSER " + user + " " + COMMANDS + cluster + " " + names(settings.keyPrefix());
    }

    private static String names(String prefix) {
        String pattern = GlobPattern.startingWith(prefix);
        return prefix.isEmpty()
                ? "allkeys allchannels"
                : "~" + pattern + " &" + pattern + " &" + InternalChannel.PRESENCE_UPDATES;
    }
}
