package dev.echoserver.cli;

import dev.echoserver.config.Assignment;
import dev.echoserver.config.ConfigInputs;
import dev.echoserver.php.PhpValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the Laravel application in a folder says about itself: in {@code .env}, {@code config/database.php}, its cached
 * configuration and {@code composer.lock}. As in Laravel, a variable of the process wins over {@code .env}.
 */
final class LaravelProject {
    private static final String KEY_PREFIX = "databaseConfig.redis.keyPrefix";

    private final Path folder;
    private final Path envFile;
    private final Map<String, String> inFile;
    private final Map<String, String> variables;

    private LaravelProject(Path folder, Path envFile, Map<String, String> inFile, Map<String, String> variables) {
        this.folder = folder;
        this.envFile = envFile;
        this.inFile = inFile;
        this.variables = variables;
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
        return new LaravelProject(folder, EnvFile.in(folder, environment), inFile, variables);
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
        return declares("APP_")
                || Files.isRegularFile(LaravelPrefix.databasePhp(folder))
                || Files.isRegularFile(folder.resolve("artisan"));
    }

    /** A variable; empty if Laravel would see null or nothing. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .map(value -> PhpValue.ofVariable(value).text())
                .filter(value -> !value.isEmpty());
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
            all.add(prefixAssignment());
        }
        return all;
    }

    private void assign(List<Assignment> all, String key, String name) {
        variable(name).ifPresent(value -> {
            boolean isSocket = name.equals("REDIS_HOST") && value.startsWith("/");
            all.add(new Assignment(isSocket ? "databaseConfig.redis.path" : key, value, sourceOf(name)));
        });
    }

    /** {@code auto} if it is not known, which then is an error unless somebody says more. */
    private Assignment prefixAssignment() {
        LaravelPrefix prefix = keyPrefix();
        String name = sourceOf(variables.containsKey("REDIS_PREFIX") ? "REDIS_PREFIX" : "APP_NAME");
        String source = prefix.source().isEmpty() ? name : prefix.source();
        return new Assignment(KEY_PREFIX, prefix.text().orElse(ConfigInputs.AUTO), source);
    }

    private String sourceOf(String name) {
        return inFile.containsKey(name) ? name + " in " + envFile : name;
    }

    /** What Laravel puts in front of its channels. */
    LaravelPrefix keyPrefix() {
        return isApplication() || variables.containsKey("REDIS_PREFIX")
                ? LaravelPrefix.in(folder, envFile, variables)
                : new LaravelPrefix(Optional.of(""), "");
    }

    /** The other prefix that an application may have of which neither files nor {@code REDIS_PREFIX} tell. */
    Optional<String> alternativePrefix() {
        return isApplication() ? LaravelPrefix.alternative(folder, variables) : Optional.empty();
    }
}
