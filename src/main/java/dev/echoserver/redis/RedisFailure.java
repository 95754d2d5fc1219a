package dev.echoserver.redis;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.tls.TlsException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.cluster.PartitionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Why Redis cannot be used, in words for the one who runs it.
 *
 * @param reason what Redis or the network said
 */
record RedisFailure(Kind kind, String reason) {
    /** How the answer begins that {@link MasterFinder} gives in the place of Sentinels. */
    static final String NO_SUCH_MASTER = "NOMASTER";

    private static final Set<Kind> OF_ONE_NODE =
            EnumSet.of(Kind.UNREACHABLE, Kind.SILENT, Kind.CLOSED, Kind.OTHER_SERVER, Kind.NO_SLOTS, Kind.NODE_AWAY);

    /** What Redis before 7 puts before the answer to a command of a script. */
    private static final String OF_A_SCRIPT = "^ERR Error running script .*?: -";

    /** What went wrong, as far as the cure depends on it. */
    enum Kind {
        UNREACHABLE,
        SILENT,
        CLOSED,
        UNKNOWN_HOST,
        NOT_REDIS,
        CREDENTIALS,
        NO_PASSWORD,
        PERMISSION,
        OTHER_SERVER,
        NO_SLOTS,
        NODE_AWAY,
        UNKNOWN_MASTER,
        UNTRUSTED,
        OTHER_NAME,
        NO_TLS,
        TLS_ALONE,
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
            if (each instanceof ClusterNodeException ofOne) {
                return of(ofOne);
            }
            if (each instanceof StrangerException unexpected) {
                return of(unexpected.stranger());
            }
            if (each instanceof PartitionException) {
                return new RedisFailure(Kind.NO_SLOTS, "no node of the Cluster serves the hash slot");
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

    private static RedisFailure of(ClusterNodeException failure) {
        RedisFailure ofNode = of(failure.reason());
        return new RedisFailure(
                ofNode.isOfOneNode() ? Kind.NODE_AWAY : ofNode.kind, failure.node() + ": " + ofNode.reason);
    }

    private static RedisFailure of(Stranger stranger) {
        return stranger.isTls()
                ? new RedisFailure(Kind.TLS_ALONE, "Redis speaks TLS on this port")
                : new RedisFailure(Kind.NOT_REDIS, "not Redis: " + stranger.name() + " answers there");
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
            Optional<Stranger> stranger = Stranger.refusedBy(message);
            if (stranger.isPresent()) {
                return of(stranger.get());
            }
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

    /** Whether it may be the fault of one node of a Cluster. */
    boolean isOfOneNode() {
        return OF_ONE_NODE.contains(kind);
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
        Kind kind = of(failure).kind();
        return !isAnswer(failure) || kind == Kind.OTHER_SERVER || kind == Kind.NO_SLOTS;
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
            case SILENT ->
                "see whether Redis hangs, a firewall drops the packets, or another server listens there"
                        + orNoTls(settings);
            case CLOSED -> closed(settings);
            case UNKNOWN_HOST -> "set databaseConfig.redis" + where(settings) + " to a name that resolves";
            case NOT_REDIS ->
                "set databaseConfig.redis" + where(settings) + " to the address of Redis, as REDIS_HOST and REDIS_PORT"
                        + " of Laravel have it";
            case CREDENTIALS -> credentials(settings);
            case NO_PASSWORD ->
                "this Redis has no password: remove databaseConfig.redis.password, or LARAVEL_ECHO_SERVER_REDIS_PASSWORD";
            case PERMISSION -> Permissions.cure(reason, settings);
            case OTHER_SERVER -> otherServer(settings);
            case NO_SLOTS ->
                "give all 16384 hash slots to nodes: redis-cli --cluster create makes a new Cluster,"
                        + " redis-cli --cluster fix mends one";
            case NODE_AWAY ->
                "start that node again, or give each master a replica; meanwhile events that Laravel publishes arrive, but"
                        + " nobody can join a presence channel, and whispers reach no other server";
            case UNKNOWN_MASTER -> "set databaseConfig.redis.name to a name that SENTINEL MASTERS lists";
            case UNTRUSTED -> "name the certificate of the CA of Redis in databaseConfig.redis.tls.ca";
            case OTHER_NAME ->
                "set databaseConfig.redis.host to a name in the certificate of Redis, or tell that name in"
                        + " databaseConfig.redis.tls.servername";
            case NO_TLS ->
                "Redis speaks no TLS on this port: remove databaseConfig.redis.tls, or set the port of its TLS";
            case TLS_ALONE -> "write \"tls\": {} under databaseConfig.redis, or set the port at which it speaks plain";
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
                : "see the log of Redis, and whether it is Redis that listens there; if it speaks TLS on this port,"
                        + " write \"tls\": {} under databaseConfig.redis";
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
        if (reason.startsWith("CLUSTERDOWN Hash slot not served")) {
            return Kind.NO_SLOTS;
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
