package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.Version;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.testing.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartCommandTest {
    @TempDir
    private Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder);
    }

    private List<String> lines() {
        return cli.out().lines().filter(line -> !line.isBlank()).toList();
    }

    @Nested
    final class Output {
        @Test
        void saysWhatWouldLetItStartFaster() {
            cli.withFile("echo-server.json", "{}")
                    .withAdvice("Notice: start faster")
                    .run("start");

            assertThat(cli.err()).contains("Notice: start faster");
        }

        @Test
        void hasTheLinesPeopleLookFor() {
            assertThat(cli.withFile("echo-server.json", "{}").run("start")).isZero();

            assertThat(lines())
                    .containsExactly(
                            "L A R A V E L  E C H O  S E R V E R",
                            "version " + Version.number(),
                            "Starting server...",
                            "✔  Running at localhost on port 6001",
                            "✔  Listening for http events...",
                            "✔  Listening for redis events...",
                            "Server ready!");
            assertThat(cli.err()).isEmpty();
        }

        @Test
        void isOnlyInTheLogIfThatIsStdoutInJson() {
            try (CapturedLog log = CapturedLog.of(Announcements.class)) {
                cli.withFile("echo-server.json", "{\"log\":{\"format\":\"json\"},\"colour\":1}")
                        .run("start");

                assertThat(cli.out()).isEmpty();
                assertThat(cli.err()).isEmpty();
                assertThat(log.lines(Level.INFO))
                        .containsExactly(
                                "L A R A V E L  E C H O  S E R V E R",
                                "version " + Version.number(),
                                "Starting server...",
                                "✔  Running at localhost on port 6001",
                                "✔  Listening for http events...",
                                "✔  Listening for redis events...",
                                "Server ready!");
                assertThat(log.lines(Level.WARN)).singleElement().asString().contains("Notice: ", "$.colour");
            }
        }

        @Test
        void isOnTheTerminalAndInTheLogIfThatIsAFile() {
            try (CapturedLog log = CapturedLog.of(Announcements.class)) {
                cli.withFile("echo-server.json", "{}").run("start", "--log-format", "json", "--log-file", "echo.log");

                assertThat(lines()).contains("✔  Running at localhost on port 6001", "Server ready!");
                assertThat(log.lines(Level.INFO)).containsAll(lines());
            }
        }

        @Test
        void isAsBeforeIfTheConfigurationCannotBeUsed() {
            cli.withFile("echo-server.json", "{\"log\":{\"format\":\"yaml\"}}");

            assertThat(cli.run("start")).isEqualTo(78);
            assertThat(cli.err()).contains("$.log.format: is \"yaml\". Write \"text\" or \"json\"");
        }

        @Test
        void namesTheHostAndTheMode() {
            cli.withFile("echo-server.json", "{\"host\":\"127.0.0.1\",\"port\":\"7000\"}")
                    .run("start", "--dev");

            assertThat(lines()).contains("⚠ Starting server in DEV mode...", "✔  Running at 127.0.0.1 on port 7000");
            assertThat(cli.trace).containsExactly("log in detail", "start port=7000 devMode=true", "close");
        }

        @Test
        void saysThatRedisIsDownOnceAndNotThatTheServerIsReady() {
            cli.withFile("echo-server.json", "{}").withRedis(listener -> {
                listener.lost("Connection refused");
                listener.lost("Connection refused");
            });
            cli.run("start");

            assertThat(lines())
                    .contains("✔  Running at localhost on port 6001")
                    .doesNotContain("Server ready!", "✔  Listening for redis events...");
        }

        @Test
        void saysOnceThatItIsReadyHoweverOftenRedisComesAndGoes() {
            cli.withFile("echo-server.json", "{}").withRedis(listener -> {
                listener.lost("Connection refused");
                listener.listening();
                listener.lost("Connection reset");
                listener.listening();
            });
            cli.run("start");

            assertThat(lines()).containsOnlyOnce("Server ready!").containsOnlyOnce("✔  Listening for redis events...");
        }

        @Test
        void isReadyAtOnceWithoutRedis() {
            cli.withFile("echo-server.json", "{\"subscribers\":{\"http\":true}}")
                    .withRedis(listener -> {});
            cli.run("start");

            assertThat(lines()).contains("Server ready!").doesNotContain("✔  Listening for redis events...");
        }

        @Test
        void doesNotClaimToRunWhenThePortIsTaken() {
            assertThat(cli.withFile("echo-server.json", "{}").withPortTaken().run("start"))
                    .isEqualTo(1);

            assertThat(cli.out()).doesNotContain("Running");
            assertThat(cli.err()).contains("Port 6001 is taken");
            assertThat(folder.resolve("echo-server.lock")).doesNotExist();
        }
    }

    @Nested
    final class ConfigFile {
        @Test
        void mayHaveTheOldName() {
            assertThat(cli.withFile("laravel-echo-server.json", "{\"port\":1}").run("start"))
                    .isZero();
            assertThat(cli.trace).first().asString().contains("port=1");
        }

        @Test
        void isTheNewOneWhenBothAreThere() {
            cli.withFile("laravel-echo-server.json", "{\"port\":1}").withFile("echo-server.json", "{\"port\":2}");
            cli.run("start");

            assertThat(cli.trace).first().asString().contains("port=2");
        }

        @Test
        void mayBeNamedBelowAFolderOrAbsolutely() {
            cli.withFile("a/b.json", "{\"port\":3}");

            assertThat(cli.run("start", "--dir", "a", "--config", "b.json")).isZero();
            assertThat(cli.run("start", "--config=" + folder.resolve("a/b.json")))
                    .isZero();
            assertThat(cli.run("start", "--dir=nowhere", "--config=" + folder.resolve("a/b.json")))
                    .isZero();
        }

        @Test
        void mustExistIfItIsNamed() {
            assertThat(cli.run("start", "--config", "mine.json")).isEqualTo(78);
            assertThat(cli.err()).contains("could not be found", "mine.json", "echo-server init");
        }

        @Test
        void isNotNeeded() {
            cli.whileRunning(() -> cli.trace.add(cli.content("echo-server.lock")));

            assertThat(cli.run("start")).isZero();
            assertThat(cli.started()).isEqualTo(ServerConfig.defaults());
            assertThat(cli.err()).contains("Notice: there is no config file", "echo-server init");
            assertThat(cli.trace).anyMatch(line -> line.contains("\"process\""));
        }

        @Test
        void isRefusedWithAllItsProblems() {
            cli.withFile("echo-server.json", "{\"port\":\"x\",\"protocol\":\"https\",\"prot\":1}");

            assertThat(cli.run("start")).isEqualTo(78);
            assertThat(cli.err())
                    .contains(
                            "The configuration has mistakes (" + folder.resolve("echo-server.json") + "):\n",
                            "  echo-server.json $.port: is \"x\"",
                            "  echo-server.json $.sslKeyPath: is missing",
                            "Notice: echo-server.json $.prot: ");
            assertThat(cli.out()).isEmpty();
        }
    }

    @Nested
    final class WithoutFile {
        @Test
        void theApplicationInTheFolderTellsItsRedis() {
            cli.withFile(".env", """
                    APP_NAME="My App"
                    APP_URL=https://app.test
                    REDIS_HOST=r
                    REDIS_PASSWORD=null
                    REDIS_PORT=6380
                    REDIS_DB=2
                    """);

            assertThat(cli.run("start")).isZero();
            assertThat(cli.started().authHosts()).containsExactly("https://app.test");
            assertThat(cli.started().redis().address()).isEqualTo("r:6380");
            assertThat(cli.started().redis().password()).isEmpty();
            assertThat(cli.started().redis().db()).isEqualTo(2);
            assertThat(cli.started().redis().keyPrefix()).isEqualTo("my_app_database_");
        }

        @Test
        void theVersionOfLaravelTellsTheShapeOfThePrefix() {
            cli.withFile("artisan", "").withFile("composer.lock", """
                    {"packages": [{"name": "laravel/framework", "version": "v13.2.0"}]}
                    """);
            cli.run("start");
            assertThat(cli.started().redis().keyPrefix()).isEqualTo("laravel-database-");

            cli.withFile(
                    "config/database.php",
                    "<?php return ['redis' => ['options' => ['prefix' => Str::slug(env('APP_NAME', 'laravel'), '_').'_db_']]];");
            cli.run("start");
            assertThat(cli.started().redis().keyPrefix()).isEqualTo("laravel_db_");
        }

        @Test
        void aPrefixThatOnlyPhpCanTellKeepsTheServerFromStartingUntilItIsGiven() {
            cli.withFile("artisan", "")
                    .withFile(
                            "config/database.php", "<?php return ['redis' => ['options' => ['prefix' => prefix()]]];");

            assertThat(cli.run("start")).isEqualTo(78);
            assertThat(cli.err())
                    .contains(
                            "keyPrefix: is not known: ", "config/database.php makes it in a way that only PHP can tell")
                    .contains("php artisan tinker --execute=\"echo config('database.redis.options.prefix');\"");

            assertThat(cli.run("start", "--key-prefix=p_")).isZero();
            assertThat(cli.started().redis().keyPrefix()).isEqualTo("p_");
        }

        @Test
        void aPrefixThatIsNotUtf8IsNotGuessedEither() throws IOException {
            Files.writeString(folder.resolve(".env"), "APP_NAME=Café\n", ISO_8859_1);
            cli.withFile("echo-server.json", "{\"databaseConfig\":{\"redis\":{\"keyPrefix\":\"auto\"}}}")
                    .withFile("artisan", "");

            assertThat(cli.run("start")).isEqualTo(78);
            assertThat(cli.err())
                    .contains("keyPrefix: is \"auto\", and Laravel's is not known: ", "APP_NAME is not UTF-8 text");
            cli.with("REDIS_PREFIX", "p_");
            assertThat(cli.run("start")).isZero();
            assertThat(cli.started().redis().keyPrefix()).isEqualTo("p_");
        }

        @Test
        void theFileOfItsEnvironmentCountsAloneIfThereIsOne() {
            cli.withFile(".env", "APP_NAME=Shop\nREDIS_HOST=r\n")
                    .withFile(".env.staging", "APP_NAME=Stage\nREDIS_PORT=none\n")
                    .with("APP_ENV", "staging");

            assertThat(cli.run("start")).isEqualTo(78);
            assertThat(cli.err()).contains("REDIS_PORT in " + folder.resolve(".env.staging"));

            cli.withFile(".env.staging", "APP_NAME=Stage\nECHO_SERVER_PORT=7001\n")
                    .run("start");
            assertThat(cli.started().redis().keyPrefix()).isEqualTo("stage_database_");
            assertThat(cli.started().redis().address()).isEqualTo("127.0.0.1:6379");
            assertThat(cli.started().port()).isEqualTo(7001);

            cli.with("APP_ENV", "production").run("start");
            assertThat(cli.started().redis().keyPrefix()).isEqualTo("shop_database_");
        }

        @Test
        void aCachedConfigurationTellsThePrefixAlone() {
            cli.withFile(".env", "APP_NAME=Shop\nREDIS_PREFIX=new_\n")
                    .withFile(
                            "bootstrap/cache/config.php",
                            "<?php return array('database' => array('redis' => array('options' => array('prefix' => 'old_'))));")
                    .run("start");

            assertThat(cli.started().redis().keyPrefix()).isEqualTo("old_");
        }

        @Test
        void aSocketOfRedisIsTakenAsOne() {
            cli.withFile(".env", "REDIS_HOST=/run/redis.sock\n").run("start");

            assertThat(cli.started().redis().address()).isEqualTo("/run/redis.sock");
            assertThat(cli.started().redis().keyPrefix()).isEmpty();
        }

        @Test
        void variablesAndFlagsWinOverTheApplication() {
            cli.withFile(
                            ".env",
                            "REDIS_HOST=r\nREDIS_PORT=1\nexport LARAVEL_ECHO_SERVER_PORT=2\nexport ECHO_SERVER_SOCKETIO_PING_INTERVAL=\"7000\" # ms\n")
                    .with("REDIS_HOST", "of-the-process")
                    .with("LARAVEL_ECHO_SERVER_PORT", "3");
            cli.run("start", "--redis-port=4", "--set", "socketio.path=/ws", "--set=socketio.pingTimeout=5000");

            assertThat(cli.started().redis().address()).isEqualTo("of-the-process:4");
            assertThat(cli.started().port()).isEqualTo(3);
            assertThat(cli.started().socketio().path()).isEqualTo("/ws");
            assertThat(cli.started().socketio().pingTimeout()).hasSeconds(5);
            assertThat(cli.started().socketio().pingInterval()).hasSeconds(7);
        }
    }

    @Nested
    final class Variables {
        @Test
        void ofTheCurrentFolderWinOverThoseBesideTheFile() {
            cli.withFile("app/echo-server.json", "{\"host\":\"a\"}")
                    .withFile("app/.env", "LARAVEL_ECHO_SERVER_PORT=1\nECHO_SERVER_HOST=beside\n")
                    .withFile(".env", "LARAVEL_ECHO_SERVER_PORT=2\n");
            cli.run("start", "--dir=app");

            assertThat(cli.started().port()).isEqualTo(2);
            assertThat(cli.started().host()).contains("beside");
        }

        @Test
        void ofTheApplicationDoNotChangeAnOldSetUp() {
            cli.withFile("laravel-echo-server.json", "{\"databaseConfig\":{\"redis\":{}}}")
                    .withFile(".env", "APP_NAME=Shop\nREDIS_HOST=r\nAPP_URL=http://shop\n");
            cli.run("start");

            assertThat(cli.started().redis()).isEqualTo(ServerConfig.defaults().redis());
            assertThat(cli.started().authHosts()).containsExactly("http://localhost");
        }

        @Test
        void thatAreNotUtf8AreNoticedAndTheOthersCount() throws IOException {
            Files.writeString(folder.resolve(".env"), "A=é\nECHO_SERVER_PORT=7001\n", ISO_8859_1);

            assertThat(cli.run("start")).isZero();
            assertThat(cli.err())
                    .contains("Notice: " + folder.resolve(".env")
                            + " is not UTF-8 text, so these variables are wrong: A");
            assertThat(cli.started().port()).isEqualTo(7001);
        }

        @Test
        void thatAreWrongAreNamed() {
            cli.with("LARAVEL_ECHO_SERVER_PORT", "abc");

            assertThat(cli.run("start", "--set", "socketio.path=x")).isEqualTo(78);
            assertThat(cli.err()).contains("  LARAVEL_ECHO_SERVER_PORT: is \"abc\"", "  --set socketio.path: is \"x\"");
        }
    }

    @Nested
    final class Lock {
        @Test
        void namesTheProcessWhileItRuns() {
            cli.withFile("echo-server.json", "{}").whileRunning(() -> cli.trace.add(cli.content("echo-server.lock")));
            cli.run("start");

            String content = "{\n\t\"process\": " + ProcessHandle.current().pid() + "\n}";
            assertThat(cli.trace).containsExactly("start port=6001 devMode=false", content, "close");
            assertThat(folder.resolve("echo-server.lock")).doesNotExist();
        }

        @Test
        void ofThisVeryProcessNumberIsStale() {
            cli.withFile("echo-server.json", "{}")
                    .withFile(
                            "echo-server.lock",
                            "{\"process\":" + ProcessHandle.current().pid() + "}");

            assertThat(cli.run("start")).isZero();
        }

        @Test
        void thatCannotBeWrittenIsOnlyAWarning() throws IOException {
            Files.createDirectory(folder.resolve("echo-server.lock"));

            assertThat(cli.withFile("echo-server.json", "{}").run("start")).isZero();
            assertThat(cli.err()).contains("Warning: cannot write ");
            assertThat(cli.out()).contains("Server ready!");
        }
    }

    @Nested
    final class InPlaceOfTheFile {
        @Test
        void aFolderIsAMistake() throws IOException {
            for (String name : ConfigOptions.FILE_NAMES) {
                Path place = Files.createDirectory(folder.resolve(name));

                assertThat(cli.run("start")).isEqualTo(CommandFailure.BAD_CONFIG);
                assertThat(cli.err()).contains(place + " is a folder; Docker makes one");
                Files.delete(place);
            }
        }

        @Test
        void aLinkToNothingIsAMistake() throws IOException {
            Files.createSymbolicLink(folder.resolve("echo-server.json"), Path.of("gone.json"));

            assertThat(cli.run("start")).isEqualTo(CommandFailure.BAD_CONFIG);
            assertThat(cli.err()).contains("is a link to a file that is not there");
        }
    }
}
