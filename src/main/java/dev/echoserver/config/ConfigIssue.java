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

    /** Replaces control characters: keys of the file, which stand in all three, may have some. */
    public ConfigIssue {
        path = printable(path);
        message = printable(message);
        cure = printable(cure);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cc}", "?");
    }

    /** {@code path: message. cure} on one line. */
    @Override
    public String toString() {
        return path + ": " + message + ". " + cure + (cure.endsWith("?") ? "" : ".");
    }
}
