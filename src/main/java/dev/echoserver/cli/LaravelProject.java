package dev.echoserver.cli;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Laravel application in a folder says about itself in {@code .env} and {@code config/database.php}. */
final class LaravelProject {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)}");
    /** Laravel's {@code env()} turns these into null or an empty text. */
    private static final Set<String> NOTHING = Set.of("", "null", "(null)", "empty", "(empty)");

    private final Map<String, String> variables;
    private final String databasePhp;

    private LaravelProject(Map<String, String> variables, String databasePhp) {
        this.variables = variables;
        this.databasePhp = databasePhp;
    }

    /**
     * Looks into {@code folder}; what is not there is simply not known.
     *
     * @throws CommandFailure if {@code .env} is there and cannot be read
     */
    static LaravelProject in(Path folder) {
        Map<String, String> variables = new HashMap<>();
        try {
            Dotenv dotenv = Dotenv.configure()
                    .directory(folder.toString())
                    .ignoreIfMissing()
                    .ignoreIfMalformed()
                    .load();
            for (DotenvEntry entry : dotenv.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
                variables.put(entry.getKey(), entry.getValue());
            }
        } catch (DotenvException e) {
            throw new CommandFailure("Cannot read " + folder.resolve(".env") + ": " + e.getMessage(), e);
        }
        return new LaravelProject(variables, contentOf(folder.resolve("config").resolve("database.php")));
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1); // Only ASCII is looked for in it.
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether there is anything of Laravel. */
    boolean isFound() {
        return !variables.isEmpty() || !databasePhp.isEmpty();
    }

    /** A variable of {@code .env}, its <code>${NAME}</code> replaced; empty if Laravel would see null or nothing. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .map(value -> REFERENCE
                        .matcher(value)
                        .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), ""))))
                .filter(value -> !NOTHING.contains(value));
    }

    /** What Laravel puts in front of its channels. */
    String keyPrefix() {
        if (variables.containsKey("REDIS_PREFIX")) {
            return variable("REDIS_PREFIX").orElse("");
        }
        if (!isFound() || isOlderThanPrefixes()) {
            return "";
        }
        return databasePhp.contains("-database-") ? hyphened() : underscored();
    }

    /** The other prefix that an application without {@code REDIS_PREFIX} may have. */
    Optional<String> alternativePrefix() {
        boolean isKnown = !isFound() || variables.containsKey("REDIS_PREFIX") || !databasePhp.isEmpty();
        return isKnown ? Optional.empty() : Optional.of(hyphened());
    }

    /** Before 5.8 the skeleton set no prefix. */
    private boolean isOlderThanPrefixes() {
        return !databasePhp.isEmpty()
                && !databasePhp.contains("REDIS_PREFIX")
                && !databasePhp.contains("_database_")
                && !databasePhp.contains("-database-");
    }

    /** As in skeletons up to 12.0. */
    private String underscored() {
        return Slug.of(appName(), '_') + "_database_";
    }

    /** As in skeletons from 12.1 on. */
    private String hyphened() {
        return Slug.of(appName(), '-') + "-database-";
    }

    private String appName() {
        return variables.containsKey("APP_NAME") ? variable("APP_NAME").orElse("") : "laravel";
    }
}
