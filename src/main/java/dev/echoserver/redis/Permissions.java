package dev.echoserver.redis;

import dev.echoserver.channel.InternalChannel;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;

/** What an ACL user of Redis must be allowed to. */
final class Permissions {
    private static final String COMMANDS =
            "+psubscribe +publish +ping +select +eval +time +exists +del" + " +@string +@hash +@set +@sortedset";
    private static final String OF_A_CLUSTER = " +cluster|nodes +cluster|myid +cluster|info";

    private Permissions() {}

    /**
     * The command that allows all that the server does, so that there is one to run and not one for each part. A pattern
     * must be allowed as it stands in {@code PSUBSCRIBE}.
     */
    static String grant(RedisConfig settings) {
        String user = settings.username().orElse("default");
        String cluster = settings.place() instanceof RedisPlace.Cluster ? OF_A_CLUSTER : "";
        return "run on Redis: ACL SETUSER " + user + " " + COMMANDS + cluster + " " + names(settings.keyPrefix());
    }

    private static String names(String prefix) {
        String pattern = GlobPattern.startingWith(prefix);
        return prefix.isEmpty()
                ? "allkeys allchannels"
                : "~" + pattern + " &" + pattern + " &" + InternalChannel.PRESENCE_UPDATES;
    }
}
