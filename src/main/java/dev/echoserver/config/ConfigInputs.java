package dev.echoserver.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that a configuration is made of.
 *
 * @param file the configuration file, if there is one
 * @param variables of the process and of {@code .env} files; they win over the file
 * @param flags of the command line; they win over all
 * @param laravel what the application's own settings imply; it counts where there is no file, and its key prefix where
 *     {@code keyPrefix} is {@value #AUTO}. A key prefix that is not known is itself {@value #AUTO}, its source the reason
 */
public record ConfigInputs(Optional<Path> file, Variables variables, List<Assignment> flags, List<Assignment> laravel) {
    /** As {@code keyPrefix}: what the application puts in front of its channels. */
    public static final String AUTO = "auto";

    /** How to find that out where it is not known. */
    public static final String ASK_PHP = "Write what this prints in the application's folder: php artisan tinker"
            + " --execute=\"echo config('database.redis.options.prefix');\" (\"\" if nothing)";

    /** Copies the lists. */
    public ConfigInputs {
        flags = List.copyOf(flags);
        laravel = List.copyOf(laravel);
    }

    /** A file and nothing else. */
    public static ConfigInputs of(Path file) {
        return new ConfigInputs(Optional.of(file), Variables.NONE, List.of(), List.of());
    }
}
