package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.echoserver.php.EnvText;
import dev.echoserver.php.RealPhp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Laravel's own {@code config()} of an application in a folder, and what is found there without PHP. */
final class LaravelPrefixIT {
    private static final String UNDERSCORES = "Str::slug(env('APP_NAME', 'laravel'), '_').'_database_'";
    private static final String OLDER = "env('REDIS_PREFIX', " + UNDERSCORES + ")";
    private static final String NEWER =
            "env('REDIS_PREFIX', Str::slug((string) env('APP_NAME', 'laravel'), '-').'-database-')";

    @TempDir
    private Path root;

    private final List<Path> folders = new ArrayList<>();

    private record Application(String env, String prefix) {}

    private static final List<Application> APPLICATIONS = List.of(
            new Application("APP_NAME=Laravel", UNDERSCORES),
            new Application("REDIS_PREFIX=not-asked_", UNDERSCORES),
            new Application("", OLDER),
            new Application("APP_NAME='Мой магазин'", OLDER),
            new Application("export APP_NAME=\"Ελληνικό Κατάστημα\"", NEWER),
            new Application("APP_NAME=متجري", NEWER),
            new Application("APP_NAME=\"मेरी दुकान\"", NEWER),
            new Application("APP_NAME=\"ჩემი მაღაზია\"", OLDER),
            new Application("APP_NAME=\"½ Price €\"", NEWER),
            new Application("APP_NAME=Shop # the name\nREDIS_PREFIX=\"${APP_NAME}:\"", NEWER),
            new Application("APP_NAME=Shop\nREDIS_PREFIX=", NEWER),
            new Application("APP_NAME=Shop\nREDIS_PREFIX=null", NEWER),
            new Application("APP_NAME=Shop\nREDIS_PREFIX='\"q\"'", NEWER),
            new Application("APP_NAME=true", OLDER),
            new Application("APP_NAME=Shop", "'literal_'"),
            new Application("APP_NAME=Shop\nAPP_ENV=staging", "env('APP_ENV').':'.Str::slug(env('APP_NAME')).':'"),
            new Application("APP_NAME=Shop", "env('REDIS_PREFIX') ?: 'default_'"));

    private void write(Application application) throws IOException {
        Path folder = root.resolve("app-" + folders.size());
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve(".env"), application.env() + "\n");
        Files.writeString(
                folder.resolve("config/database.php"),
                "<?php use Illuminate\\Support\\Str; return ['default' => 'x', 'redis' => ['client' => env('REDIS_CLIENT',"
                        + " 'phpredis'), 'options' => ['cluster' => 'redis', 'prefix' => " + application.prefix()
                        + ", ], 'default' => ['prefix' => 'of the connection']]];");
        folders.add(folder);
    }

    @Test
    void isTheOneOfLaravelsConfiguration() throws IOException {
        RealPhp.isNeeded();
        for (Application application : APPLICATIONS) {
            write(application);
        }
        Path cached = folders.get(0).resolve("bootstrap/cache");
        Files.createDirectories(cached);
        Files.writeString(cached.resolve("config.php"), """
                <?php return array (
                  'database' =>
                  array (
                    'redis' =>
                    array (
                      'options' =>
                      array (
                        'prefix' => 'it\\'s cached:',
                      ),
                    ),
                  ),
                );
                """);

        JsonNode ofLaravel =
                RealPhp.facts("folders", folders.stream().map(Path::toString).toList());

        for (int i = 0; i < folders.size(); i++) {
            Path envFile = folders.get(i).resolve(".env");
            Map<String, String> variables = EnvText.parse(Files.readString(envFile), Map.of());
            assertThat(LaravelPrefix.in(folders.get(i), envFile, variables).text())
                    .as("%s", APPLICATIONS.get(i))
                    .contains(ofLaravel.get(i).asText(""));
        }
    }
}
