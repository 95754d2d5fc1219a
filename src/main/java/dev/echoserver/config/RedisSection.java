package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads {@code databaseConfig.redis}, which laravel-echo-server hands to ioredis as it is. */
final class RedisSection {
    private static final String[] RETRIES = {
        "autoResendUnfulfilledCommands", "autoResubscribe", "commandTimeout", "connectTimeout", "disconnectTimeout",
        "enableOfflineQueue", "enableReadyCheck", "lazyConnect", "maxLoadingRetryTime", "maxRetriesPerRequest",
        "offlineQueue", "reconnectOnError", "retryStrategy", "socketTimeout"
    };
    private static final String[] CLIENT_DETAILS = {
        "autoPipeliningIgnoredCommands",
        "connectionName",
        "dropBufferSupport",
        "enableAutoPipelining",
        "family",
        "keepAlive",
        "monitor",
        "noDelay",
        "readOnly",
        "showFriendlyErrorStack",
        "stringNumbers"
    };
    private static final String[] SENTINEL_DETAILS = {
        "enableTLSForSentinelMode",
        "name",
        "natMap",
        "preferredSlaves",
        "role",
        "sentinelMaxConnections",
        "sentinelPassword",
        "sentinelReconnectStrategy",
        "sentinelRetryStrategy",
        "sentinelTLS",
        "sentinelUsername",
        "updateSentinels"
    };

    private RedisSection() {}

    static RedisConfig read(Section section, Findings findings) {
        RedisConfig config = new RedisConfig(
                host(section, findings),
                section.whole("port", 6379, 1, 65_535),
                section.text("username"),
                section.text("password"),
                section.whole("db", 0, 0, Integer.MAX_VALUE),
                path(section),
                section.text("keyPrefix", ""));
        refuse(section, findings, "sentinels", "Write the host and port of the Redis master");
        refuse(section, findings, "tls", "Remove it and reach Redis without TLS, or through stunnel");
        section.ignored("the server connects again for ever, whatever happens", RETRIES);
        section.ignored("it is a detail of another Redis client", CLIENT_DETAILS);
        section.ignored("it belongs to Sentinel", SENTINEL_DETAILS);
        section.close();
        return config;
    }

    private static String host(Section section, Findings findings) {
        String host = section.text("host", "127.0.0.1");
        if (host.contains("://")) {
            findings.problem(
                    section.pathOf("host"),
                    "is a URL",
                    "Write the name or address alone, and the port under \"port\"; TLS to Redis is not supported yet");
        }
        return host;
    }

    private static Optional<String> path(Section section) {
        Optional<String> path = section.text("path");
        if (path.isPresent() && !path.get().startsWith("/")) {
            section.wrong("path", "the absolute path of a Unix socket, such as \"/run/redis/redis.sock\"");
        }
        return path;
    }

    /** An option that changes where messages come from must not be dropped silently. */
    private static void refuse(Section section, Findings findings, String key, String cure) {
        JsonNode value = section.value(key);
        boolean isOff = value.isMissingNode() || (value.isBoolean() && !value.booleanValue());
        if (!isOff) {
            findings.problem(section.pathOf(key), "is not supported yet", cure);
        }
    }
}
