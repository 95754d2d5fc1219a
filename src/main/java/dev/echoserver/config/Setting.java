package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One key with what it came to.
 *
 * @param key where it stands in the file: {@code databaseConfig.redis.host}
 * @param value what counts, secrets hidden; JSON's null if there is none
 * @param source where it came from: a file name, a variable, a flag or {@code default}
 */
public record Setting(String key, JsonNode value, String source) {

    /** The environment variable that sets it: {@code ECHO_SERVER_DATABASE_CONFIG_REDIS_HOST}. */
    public String variable() {
        return VariableNames.variable(key);
    }
}
