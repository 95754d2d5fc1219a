package dev.echoserver.cli;

import dev.echoserver.config.Assignment;
import dev.echoserver.config.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Laravel application in a folder says about itself: in {@code .env}, {@code config/database.php} and
 * {@code composer.lock}. As in Laravel, a variable of the process wins over {@code .env}.
 */
final class LaravelProject {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern FRAMEWORK =
            Pattern.compile("\"name\":\\s*\"laravel/framework\",\\s*\"version\":\\s*\"v?(\\d{1,4})\\.");
    /** The first whose own configuration, which counts without {@code config/database.php}, has hyphens. */
    private static final int FIRST_WITH_HYPHENS = 13;

    private final Path folder;
    private final Map<String, String> inFile;
    private final Map<String, String> variables;
    private final String databasePhp;

    private LaravelProject(Path folder, Map<String, String> inFile, Map<String, String> variables, String databasePhp) {
        this.folder = folder;
        this.inFile = inFile;
        this.variables = variables;
        this.databasePhp = databasePhp;
    }

    /**
     * Looks into {@code folder}; what is not there is simply not known.
     *
     * @param inFile the variables of its {@code .env}
     * @param environment those of the process
     */
    static LaravelProject in(Path folder, Map<String, String> inFile, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(inFile);
        variables.putAll(environment);
        return new LaravelProject(
                folder, inFile, variables, contentOf(folder.resolve("config").resolve("database.php")));
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1); // Only ASCII is looked for in it.
        } catch (IOException e) {
            return "";
        }
    }

    /** Where it is, or would be. */
    Path folder() {
        return folder;
    }

    /** Whether there is anything of Laravel. */
    boolean isFound() {
        return isApplication() || declares("REDIS_");
    }

    private boolean declares(String prefix) {
        return inFile.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** Whether it is Laravel for sure, which makes a key prefix of its name even if nothing tells that name. */
    private boolean isApplication() {
        return declares("APP_") || !databasePhp.isEmpty() || Files.isRegularFile(folder.resolve("artisan"));
    }

    /** A variable, its <code>${NAME}</code> replaced; empty if Laravel would see null or nothing. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .map(value -> REFERENCE
                        .matcher(value)
                        .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), ""))))
                .filter(value -> !Variables.isNothing(value));
    }

    /** What all of this means for a configuration without a file. */
    List<Assignment> assignments() {
        List<Assignment> all = new ArrayList<>();
        if (!isFound()) {
            return all;
        }
        assign(all, "authHost", "APP_URL");
        assign(all, "databaseConfig.redis.host", "REDIS_HOST");
        assign(all, "databaseConfig.redis.host", "REDIS_URL");
        assign(all, "databaseConfig.redis.port", "REDIS_PORT");
        assign(all, "databaseConfig.redis.username", "REDIS_USERNAME");
        assign(all, "databaseConfig.redis.password", "REDIS_PASSWORD");
        assign(all, "databaseConfig.redis.db", "REDIS_DB");
        if (isApplication() || variables.containsKey("REDIS_PREFIX")) {
            String name = variables.containsKey("REDIS_PREFIX") ? "REDIS_PREFIX" : "APP_NAME";
            all.add(new Assignment("databaseConfig.redis.keyPrefix", keyPrefix(), sourceOf(name)));
        }
        return all;
    }

    private void assign(List<Assignment> all, String key, String name) {
        variable(name).ifPresent(value -> {
            boolean isSocket = name.equals("REDIS_HOST") && value.startsWith("/");
            all.add(new Assignment(isSocket ? "databaseConfig.redis.path" : key, value, sourceOf(name)));
        });
    }

    private String sourceOf(String name) {
        return inFile.containsKey(name) ? name + " in " + EnvFile.in(folder) : name;
    }

    /** What Laravel puts in front of its channels. */
    String keyPrefix() {
        if (variables.containsKey("REDIS_PREFIX")) {
            return variable("REDIS_PREFIX").orElse("");
        }
        if (!isApplication() || isOlderThanPrefixes()) {
            return "";
        }
        return usesHyphens() ? hyphened() : underscored();
    }

    private boolean usesHyphens() {
        return databasePhp.isEmpty() ? frameworkVersion() >= FIRST_WITH_HYPHENS : databasePhp.contains("-database-");
    }

    private int frameworkVersion() {
        Matcher version = FRAMEWORK.matcher(contentOf(folder.resolve("composer.lock")));
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    /** The other prefix that an application may have of which neither files nor {@code REDIS_PREFIX} tell. */
    Optional<String> alternativePrefix() {
        boolean isKnown = !isApplication()
                || variables.containsKey("REDIS_PREFIX")
                || !databasePhp.isEmpty()
                || frameworkVersion() > 0;
        return isKnown ? Optional.empty() : Optional.of(hyphened());
    }

    /** Before 5.8 the skeleton set no prefix. */
    private boolean isOlderThanPrefixes() {
        return !databasePhp.isEmpty()
                && !databasePhp.contains("REDIS_PREFIX")
                && !databasePhp.contains("_database")
                && !databasePhp.contains("-database-");
    }

    /** As in skeletons up to 12.0; the first ones, of 5.8, had no second underscore. */
    private String underscored() {
        boolean isFirst = databasePhp.contains("'_database'");
        return Slug.of(appName(), '_') + (isFirst ? "_database" : "_database_");
    }

    /** As in skeletons from 12.1 on. */
    private String hyphened() {
        return Slug.of(appName(), '-') + "-database-";
    }

    private String appName() {
        return variables.containsKey("APP_NAME") ? variable("APP_NAME").orElse("") : "laravel";
    }
}
