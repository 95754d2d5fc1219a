package dev.echoserver.config;

/**
 * One thing to say about a configuration file.
 *
 * @param path where it is, as JSON path: {@code $.databaseConfig.redis.port}; for a syntax error {@code line 3, column
 *     7}
 * @param message what is wrong, with the value found; secrets are hidden
 * @param cure what to write
 */
public record ConfigIssue(String path, String message, String cure) {

    /** {@code path: message. cure} on one line. */
    @Override
    public String toString() {
        return path + ": " + message + ". " + cure + (cure.endsWith("?") ? "" : ".");
    }
}
