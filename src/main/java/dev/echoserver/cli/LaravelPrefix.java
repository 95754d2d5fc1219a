package dev.echoserver.cli;

import dev.echoserver.php.PhpFile;
import dev.echoserver.php.PhpSetting;
import dev.echoserver.php.PhpValue;
import dev.echoserver.php.Slug;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Laravel application puts in front of its channels: its {@code config('database.redis.options.prefix')}, taken
 * from the cached configuration, else from {@code config/database.php}, else from what the framework has by itself.
 *
 * @param text the prefix; empty if nothing but PHP can tell
 * @param source what says so, or why it is not known
 */
record LaravelPrefix(Optional<String> text, String source) {
    private static final Pattern FRAMEWORK =
            Pattern.compile("\"name\":\\s*\"laravel/framework\",\\s*\"version\":\\s*\"v?(\\d{1,4})\\.");
    private static final String REDIS_PREFIX = "REDIS_PREFIX";
    private static final String APP_NAME = "APP_NAME";
    private static final String NOT_TEXT = " is not UTF-8 text";
    /** The first whose own configuration, which counts without {@code config/database.php}, has hyphens. */
    private static final int FIRST_WITH_HYPHENS = 13;

    /**
     * Finds it for the application in {@code folder}.
     *
     * @param envFile which counts there
     * @param variables what its {@code env()} finds
     */
    static LaravelPrefix in(Path folder, Path envFile, Map<String, String> variables) {
        Path cached = cached(folder, variables);
        if (Files.exists(cached)) {
            return written(cached, Map.of(), "database", "redis", "options", "prefix");
        }
        if (EnvFile.isUnreadable(envFile)) {
            return unknown(envFile + " cannot be read");
        }
        Path own = databasePhp(folder);
        boolean isOwn = Files.exists(own)
                && !contentOf(own)
                        .map(code -> PhpFile.of(code).at("redis").isAbsent())
                        .orElse(false);
        return isOwn ? written(own, variables, "redis", "options", "prefix") : ofFramework(folder, variables);
    }

    static Path databasePhp(Path folder) {
        return folder.resolve("config").resolve("database.php");
    }

    private static Path cached(Path folder, Map<String, String> variables) {
        return folder.resolve(variables.getOrDefault("APP_CONFIG_CACHE", "bootstrap/cache/config.php"));
    }

    private static LaravelPrefix written(Path file, Map<String, String> variables, String... keys) {
        Optional<PhpSetting> setting =
                contentOf(file).map(code -> PhpFile.of(code).at(keys));
        if (setting.isEmpty()) {
            return unknown(file + " cannot be read");
        }
        return setting.filter(PhpSetting::isAbsent)
                .map(none -> new LaravelPrefix(Optional.of(""), file.toString()))
                .or(() -> setting.flatMap(found ->
                        found.text(variables).map(text -> new LaravelPrefix(Optional.of(text), sourceOf(found, file)))))
                .orElseGet(() -> unknown(setting.flatMap(found -> brokenOf(found, variables))
                        .map(name -> name + NOT_TEXT)
                        .orElse(file + " makes it in a way that only PHP can tell")));
    }

    private static Optional<String> brokenOf(PhpSetting setting, Map<String, String> variables) {
        return variables.keySet().stream()
                .filter(name -> setting.mentions(name) && isBroken(name, variables))
                .sorted()
                .findFirst();
    }

    private static boolean isBroken(String name, Map<String, String> variables) {
        return PhpValue.isBroken(variables.getOrDefault(name, ""));
    }

    private static String sourceOf(PhpSetting setting, Path file) {
        return setting.mentions(REDIS_PREFIX) || setting.mentions(APP_NAME) ? "" : file.toString();
    }

    private static LaravelPrefix unknown(String reason) {
        return new LaravelPrefix(Optional.empty(), reason);
    }

    private static LaravelPrefix ofFramework(Path folder, Map<String, String> variables) {
        String name = variables.containsKey(REDIS_PREFIX) ? REDIS_PREFIX : APP_NAME;
        if (isBroken(name, variables)) {
            return unknown(name + NOT_TEXT);
        }
        boolean hasHyphens = frameworkVersion(folder) >= FIRST_WITH_HYPHENS;
        return new LaravelPrefix(Optional.of(ofVariables(variables, hasHyphens ? '-' : '_')), "");
    }

    /** The other prefix that an application may have of which neither files nor {@code REDIS_PREFIX} tell. */
    static Optional<String> alternative(Path folder, Map<String, String> variables) {
        boolean isKnown = variables.containsKey(REDIS_PREFIX)
                || Files.exists(databasePhp(folder))
                || Files.exists(cached(folder, variables))
                || frameworkVersion(folder) > 0;
        return isKnown ? Optional.empty() : Optional.of(ofVariables(variables, '-'));
    }

    /** As in skeletons up to 12.0 with {@code _}, as in those from 12.1 on with {@code -}. */
    private static String ofVariables(Map<String, String> variables, char separator) {
        return Optional.ofNullable(variables.get(REDIS_PREFIX))
                .map(LaravelPrefix::text)
                .orElseGet(() -> Slug.of(text(variables.getOrDefault(APP_NAME, "laravel")), separator) + separator
                        + "database" + separator);
    }

    private static String text(String variable) {
        return PhpValue.ofVariable(variable).text();
    }

    private static int frameworkVersion(Path folder) {
        Matcher version =
                FRAMEWORK.matcher(contentOf(folder.resolve("composer.lock")).orElse(""));
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    private static Optional<String> contentOf(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
