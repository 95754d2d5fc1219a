package dev.echoserver.redis;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.doctor.Finding;
import dev.echoserver.redis.RedisFailure.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A failure of Redis as a finding: with the cause and the cure that the log has, and the line to write. */
final class RedisTrouble {
    private static final String WHY = "Laravel publishes its events to Redis. Without it none reaches a browser.";

    private static final Set<Kind> OF_PRESENCE =
            EnumSet.of(Kind.FULL, Kind.UNSAVED, Kind.OTHER_SERVER, Kind.NO_SLOTS, Kind.NODE_AWAY);

    private RedisTrouble() {}

    static Finding of(Throwable thrown, RedisConfig settings) {
        RedisFailure failure = RedisFailure.of(thrown);
        if (failure.reason().contains("DB index")) {
            return noSuchDatabase(failure, settings);
        }
        String what = "Redis cannot be used: " + failure.reason().replaceFirst("\\.$", "");
        List<String> cure = new ArrayList<>();
        cure.add(failure.cure(settings));
        line(failure.kind(), settings).ifPresent(cure::add);
        return new Finding(id(failure.kind()), Finding.Level.FAULT, what, why(failure.kind()), cure);
    }

    static Finding unaskedPassword() {
        return Finding.warning(
                id(Kind.NO_PASSWORD),
                "A password is set, but Redis asks for none",
                "It is left out. Whoever reaches the port of Redis can read and change everything.",
                "remove databaseConfig.redis.password and LARAVEL_ECHO_SERVER_REDIS_PASSWORD, or set requirepass in Redis");
    }

    private static Finding noSuchDatabase(RedisFailure failure, RedisConfig settings) {
        return Finding.fault(
                "redis.db",
                "Redis has no database " + settings.db() + " (" + failure.reason() + ")",
                "Presence channels are kept there, so nobody could join one.",
                "write the number that Laravel has as REDIS_DB, usually 0:",
                redis("\"db\": 0"));
    }

    /** A line of the configuration file: {@code members} in their place. */
    static String redis(String members) {
        return "    \"databaseConfig\": { \"redis\": { " + members + " } }";
    }

    private static String why(Kind kind) {
        return OF_PRESENCE.contains(kind) ? "Presence channels are kept there, so nobody could join one." : WHY;
    }

    private static String id(Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> "redis.unreachable";
            case SILENT -> "redis.silent";
            case CLOSED -> "redis.closed";
            case UNKNOWN_HOST -> "redis.unknown-host";
            case NOT_REDIS -> "redis.not-redis";
            case CREDENTIALS -> "redis.auth";
            case NO_PASSWORD -> "redis.no-password";
            case PERMISSION -> "redis.acl";
            case OTHER_SERVER -> "redis.other-server";
            case NO_SLOTS -> "redis.no-slots";
            case NODE_AWAY -> "redis.node-away";
            case UNKNOWN_MASTER -> "redis.sentinel";
            case UNTRUSTED, OTHER_NAME, NO_TLS, TLS_ALONE, OWN_CERTIFICATE, CERTIFICATES -> "redis.tls";
            case FULL -> "redis.full";
            case UNSAVED -> "redis.unsaved";
            case BUSY -> "redis.busy";
            case REFUSED -> "redis.refused";
        };
    }

    private static Optional<String> line(Kind kind, RedisConfig settings) {
        return switch (kind) {
            case UNREACHABLE, UNKNOWN_HOST, NOT_REDIS ->
                settings.place() instanceof RedisPlace.Server
                        ? Optional.of(redis("\"host\": \"127.0.0.1\", \"port\": 6379"))
                        : Optional.empty();
            case CREDENTIALS ->
                Optional.of(redis(
                        settings.username().isPresent()
                                ? "\"username\": \"…\", \"password\": \"…\""
                                : "\"password\": \"…\""));
            case TLS_ALONE -> Optional.of(redis("\"tls\": {}"));
            case UNTRUSTED -> Optional.of(redis("\"tls\": { \"ca\": \"/etc/redis/ca.pem\" }"));
            case OTHER_NAME -> Optional.of(redis("\"tls\": { \"servername\": \"the name in the certificate\" }"));
            case OWN_CERTIFICATE ->
                Optional.of(redis("\"tls\": { \"cert\": \"/etc/redis/echo.pem\", \"key\": \"/etc/redis/echo.key\" }"));
            default -> Optional.empty();
        };
    }
}
