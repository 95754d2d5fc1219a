package dev.echoserver.redis;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.tls.TlsException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/**
 * Why Redis cannot be used, in words for the one who runs it.
 *
 * @param reason what Redis or the network said
 */
record RedisFailure(Kind kind, String reason) {
    /** How the answer begins that {@link MasterFinder} gives in the place of Sentinels. */
    static final String NO_SUCH_MASTER = "NOMASTER";

    /** What Redis before 7 puts before the answer to a command of a script. */
    private static final String OF_A_SCRIPT = "^ERR Error running script .*?: -";

    /** What went wrong, as far as the cure depends on it. */
    enum Kind {
        UNREACHABLE,
        SILENT,
        CLOSED,
        UNKNOWN_HOST,
        CREDENTIALS,
        NO_PASSWORD,
        PERMISSION,
        OTHER_SERVER,
        UNKNOWN_MASTER,
        UNTRUSTED,
        OTHER_NAME,
        NO_TLS,
        OWN_CERTIFICATE,
        CERTIFICATES,
        FULL,
        UNSAVED,
        BUSY,
        REFUSED
    }

    static RedisFailure of(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RedisCommandExecutionException answer) {
                String reason = String.valueOf(answer.getMessage());
                return new RedisFailure(kindOf(reason.replaceFirst(OF_A_SCRIPT, "")), reason);
            }
            if (each instanceof RedisCommandTimeoutException) {
                return new RedisFailure(Kind.SILENT, "no answer in time");
            }
            if (each instanceof TlsException unusable) {
                String reason = String.valueOf(unusable.getMessage());
                return new RedisFailure(Kind.CERTIFICATES, reason.replace('\n', ' '));
            }
            if (each instanceof UnknownHostException unknown) {
                return new RedisFailure(Kind.UNKNOWN_HOST, unknownHost(unknown));
            }
            deepest = each;
        }
        return ofNetwork(deepest);
    }

    /** Netty's resolver tells its queries, too: "Failed to resolve 'host' [A(1)] after 2 queries ". */
    private static String unknownHost(UnknownHostException failure) {
        return "unknown host: "
                + String.valueOf(failure.getMessage()).replaceFirst("^Failed to resolve '([^']*)'.*", "$1");
    }

    private static RedisFailure ofNetwork(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ConnectException) {
            // Native transports put the name of their function in front: "finishConnect(..) failed …: Connection
            // refused".
            return new RedisFailure(
                    Kind.UNREACHABLE,
                    message.substring(message.lastIndexOf(": ") + 1).strip());
        }
        if (failure instanceof SSLException || failure instanceof GeneralSecurityException) {
            return new RedisFailure(kindOfTls(message), "TLS: " + message.replaceFirst("(record): .*", "$1"));
        }
        if (message.endsWith("closed prematurely") || message.endsWith("Connection reset by peer")) {
            return new RedisFailure(Kind.CLOSED, "connection closed at once");
        }
        boolean isExplained = failure.getClass() == IOException.class;
        return new RedisFailure(
                Kind.UNREACHABLE, isExplained ? message : failure.getClass().getSimpleName() + ": " + message);
    }

    /** Source: the messages of {@code sun.security} in Java 17 to 25, and of Netty. */
    private static Kind kindOfTls(String message) {
        if (message.startsWith("not an SSL/TLS record")) {
            return Kind.NO_TLS;
        }
        if (message.startsWith("No name matching") || message.startsWith("No subject alternative")) {
            return Kind.OTHER_NAME;
        }
        return message.contains("fatal alert") ? Kind.OWN_CERTIFICATE : Kind.UNTRUSTED;
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

    /** Whether the connection is of no further use: it is gone, or leads to a server that is not the right one now. */
    static boolean needsReconnect(Throwable failure) {
        return !isAnswer(failure) || of(failure).kind() == Kind.OTHER_SERVER;
    }

    /** Whether the same may be granted in a moment, with nothing changed on this side. */
    static boolean isTemporary(Throwable failure) {
        Kind kind = of(failure).kind();
        return kind == Kind.FULL || kind == Kind.UNSAVED || kind == Kind.BUSY;
    }

    /** All of it in one line: where, why, and what helps. */
    String explanation(RedisConfig settings) {
        return "Redis at " + settings.address() + ": " + reason.replaceFirst("\\.$", "") + "; " + cure(settings);
    }

    /** What helps: one sentence that names the setting or the command. */
    String cure(RedisConfig settings) {
        return switch (kind) {
            case UNREACHABLE -> "start Redis there, or set databaseConfig.redis" + where(settings);
            case SILENT -> "see whether Redis hangs or a firewall drops the packets" + orNoTls(settings);
            case CLOSED -> closed(settings);
            case UNKNOWN_HOST -> "set databaseConfig.redis" + where(settings) + " to a name that resolves";
            case CREDENTIALS -> credentials(settings);
            case NO_PASSWORD ->
                "this Redis has no password: remove databaseConfig.redis.password, or LARAVEL_ECHO_SERVER_REDIS_PASSWORD";
            case PERMISSION -> Permissions.cure(reason, settings);
            case OTHER_SERVER -> otherServer(settings);
            case UNKNOWN_MASTER -> "set databaseConfig.redis.name to a name that SENTINEL MASTERS lists";
            case UNTRUSTED -> "name the certificate of the CA of Redis in databaseConfig.redis.tls.ca";
            case OTHER_NAME ->
                "set databaseConfig.redis.host to a name in the certificate of Redis, or tell that name in"
                        + " databaseConfig.redis.tls.servername";
            case NO_TLS ->
                "Redis speaks no TLS on this port: remove databaseConfig.redis.tls, or set the port of its TLS";
            case OWN_CERTIFICATE ->
                "name a certificate that Redis accepts and its key in databaseConfig.redis.tls.cert and .key";
            case CERTIFICATES -> "correct it; files are read again with each attempt";
            case FULL ->
                "raise maxmemory of Redis, or see what fills it; events that Laravel publishes go on meanwhile";
            case UNSAVED -> "Redis cannot save to its disk: free some of it, and see the log of Redis";
            case BUSY -> "wait; if it lasts, see the log of Redis";
            case REFUSED -> "see the log of Redis";
        };
    }

    private static String where(RedisConfig settings) {
        if (settings.place() instanceof RedisPlace.SocketFile) {
            return ".path";
        }
        if (settings.place() instanceof RedisPlace.Sentinels) {
            return ".sentinels";
        }
        return settings.place() instanceof RedisPlace.Cluster ? ".cluster" : ".host and .port";
    }

    /** A server that knows no TLS may wait for the rest of what it takes for a long line. */
    private static String orNoTls(RedisConfig settings) {
        return settings.tls().isPresent() ? ", or Redis speaks no TLS on this port (databaseConfig.redis.tls)" : "";
    }

    private static String closed(RedisConfig settings) {
        return settings.tls().isPresent()
                ? "see the log of Redis: it may ask for a certificate (databaseConfig.redis.tls.cert and .key),"
                        + " or speak no TLS on this port (databaseConfig.redis.tls)"
                : "see the log of Redis; if it speaks TLS on this port, write \"tls\": {} under databaseConfig.redis";
    }

    private static String credentials(RedisConfig settings) {
        String ofSentinels = settings.place() instanceof RedisPlace.Sentinels
                ? "; for the Sentinels themselves .sentinelPassword and .sentinelUsername"
                : "";
        return "set databaseConfig.redis.password (and .username for an ACL user),"
                + " or LARAVEL_ECHO_SERVER_REDIS_PASSWORD, to what Redis expects" + ofSentinels;
    }

    private String otherServer(RedisConfig settings) {
        boolean isNode = reason.startsWith("MOVED") || reason.startsWith("CROSSSLOT") || reason.startsWith("ASK");
        if (settings.place() instanceof RedisPlace.Server && isNode) {
            return "this is a node of a Redis Cluster: write \"cluster\": true under databaseConfig.redis";
        }
        return settings.place() instanceof RedisPlace.Server
                ? "set databaseConfig.redis.host to the master, or name the Sentinels in databaseConfig.redis.sentinels"
                : "wait until Redis has elected a new master; if none comes, see the log of Redis";
    }

    /** Source: the error codes in Redis 2.8 to 8, {@code acl.c#authCommand} and {@code server.c#processCommand}. */
    private static Kind kindOf(String reason) {
        if (reason.startsWith("NOPERM") || reason.startsWith("ERR ACL failure in script")) {
            return Kind.PERMISSION;
        }
        if (reason.startsWith(NO_SUCH_MASTER)) {
            return Kind.UNKNOWN_MASTER;
        }
        if (reason.startsWith("READONLY")
                || reason.startsWith("MASTERDOWN")
                || reason.startsWith("MOVED")
                || reason.startsWith("ASK ")
                || reason.startsWith("CROSSSLOT")
                || reason.startsWith("CLUSTERDOWN")) {
            return Kind.OTHER_SERVER;
        }
        if (reason.startsWith("OOM ")) {
            return Kind.FULL;
        }
        if (reason.startsWith("MISCONF ")) {
            return Kind.UNSAVED;
        }
        if (reason.startsWith("LOADING ") || reason.startsWith("BUSY ") || reason.startsWith("NOREPLICAS ")) {
            return Kind.BUSY;
        }
        if (reason.startsWith("ERR AUTH <password> called without")
                || reason.startsWith("ERR Client sent AUTH")
                || reason.startsWith("ERR wrong number of arguments for 'auth'")) {
            return Kind.NO_PASSWORD;
        }
        boolean credentials = reason.startsWith("WRONGPASS")
                || reason.startsWith("NOAUTH")
                || reason.startsWith("ERR invalid password")
                || reason.startsWith("ERR AUTH");
        return credentials ? Kind.CREDENTIALS : Kind.REFUSED;
    }
}
