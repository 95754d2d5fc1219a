package dev.echoserver.config;

/**
 * One value from outside the configuration file.
 *
 * @param key where it would stand in the file: {@code databaseConfig.redis.host}
 * @param text the value; lists and objects as JSON, lists of texts also with commas
 * @param source what to name in a message: {@code LARAVEL_ECHO_SERVER_REDIS_HOST}, {@code --redis-host}
 */
public record Assignment(String key, String text, String source) {

    /** The key and the source; the value may be secret. */
    @Override
    public String toString() {
        return "Assignment[" + key + " from " + source + "]";
    }
}
