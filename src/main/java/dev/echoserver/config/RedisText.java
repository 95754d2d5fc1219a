package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * {@code databaseConfig.redis} as one text or number, from which ioredis makes its options: a port, the path of a socket,
 * a URL, or {@code host:port}.
 *
 * <p>Source: ioredis 4, {@code utils#parseURL}.
 */
final class RedisText {
    private static final Pattern PORT = Pattern.compile("\\d+");

    private RedisText() {}

    /** Writes it as an object, if it is no object; returns {@code root}. */
    static ObjectNode unfold(ObjectNode root) {
        JsonNode redis = root.at("/databaseConfig/redis");
        String text = Coercion.text(redis);
        if ((redis.isTextual() || redis.isIntegralNumber())
                && root.get("databaseConfig") instanceof ObjectNode parent) {
            ObjectNode options = parent.putObject("redis");
            if (PORT.matcher(text).matches()) {
                options.put("port", text);
            } else if (text.startsWith("/")) {
                options.put("path", text);
            } else if (!text.isEmpty()) {
                options.put("url", RedisUrl.isUrl(text) ? text : "redis://" + text);
            }
        }
        return root;
    }
}
