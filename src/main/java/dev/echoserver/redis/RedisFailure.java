package dev.echoserver.redis;

import dev.echoserver.channel.InternalChannel;
import dev.echoserver.config.RedisConfig;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;

/**
 * Why Redis cannot be used, in words for the one who runs it.
 *
 * @param reason what Redis or the network said
 */
record RedisFailure(Kind kind, String reason) {

    /** What went wrong, as far as the cure depends on it. */
    enum Kind {
        UNREACHABLE,
        SILENT,
        UNKNOWN_HOST,
        CREDENTIALS,
        PERMISSION,
        REFUSED
    }

    static RedisFailure of(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RedisCommandExecutionException answer) {
                String reason = String.valueOf(answer.getMessage());
                return new RedisFailure(kindOf(reason), reason);
            }
            if (each instanceof RedisCommandTimeoutException) {
                return new RedisFailure(Kind.SILENT, "no answer in time");
            }
            deepest = each;
        }
        return ofNetwork(deepest);
    }

    private static RedisFailure ofNetwork(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof UnknownHostException) {
            return new RedisFailure(Kind.UNKNOWN_HOST, "unknown host: " + message);
        }
        if (failure instanceof ConnectException) {
            // Native transports put the name of their function in front: "finishConnect(..) failed …: Connection
            // refused".
            return new RedisFailure(
                    Kind.UNREACHABLE,
                    message.substring(message.lastIndexOf(": ") + 1).strip());
        }
        boolean isExplained = failure.getClass() == IOException.class;
        return new RedisFailure(
                Kind.UNREACHABLE, isExplained ? message : failure.getClass().getSimpleName() + ": " + message);
    }

    /** Whether Redis itself said no: the connection works. */
    static boolean isAnswer(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RedisCommandExecutionException) {
                return true;
            }
        }
        return false;
    }

    /** What helps: one sentence that names the setting or the command. */
    String cure(RedisConfig settings) {
        return switch (kind) {
            case UNREACHABLE -> "start Redis there, or set databaseConfig.redis.host and .port";
            case SILENT -> "see whether Redis hangs or a firewall drops the packets";
            case UNKNOWN_HOST -> "set databaseConfig.redis.host to a name that resolves";
            case CREDENTIALS ->
                "set databaseConfig.redis.password (and .username for an ACL user),"
                        + " or LARAVEL_ECHO_SERVER_REDIS_PASSWORD, to what Redis expects";
            case PERMISSION ->
                "run on Redis: ACL SETUSER " + settings.username().orElse("default") + " " + grant(settings);
            case REFUSED -> "see the log of Redis";
        };
    }

    /** Everything the server does on Redis, so that there is one line to run and not one for each part. */
    private static String grant(RedisConfig settings) {
        String commands =
                "+psubscribe +publish +ping +select +eval +time +exists +del +@string +@hash +@set +@sortedset ";
        String names = GlobPattern.startingWith(settings.keyPrefix());
        return commands
                + (settings.keyPrefix().isEmpty()
                        ? "allkeys allchannels"
                        : "~" + names + " &" + names + " &" + InternalChannel.PRESENCE_UPDATES);
    }

    /** Source: the error codes in Redis 2.8 to 8, {@code acl.c#authCommand} and {@code server.c#processCommand}. */
    private static Kind kindOf(String reason) {
        if (reason.startsWith("NOPERM")) {
            return Kind.PERMISSION;
        }
        boolean credentials = reason.startsWith("WRONGPASS")
                || reason.startsWith("NOAUTH")
                || reason.startsWith("ERR invalid password")
                || reason.startsWith("ERR AUTH")
                || reason.startsWith("ERR Client sent AUTH");
        return credentials ? Kind.CREDENTIALS : Kind.REFUSED;
    }
}
