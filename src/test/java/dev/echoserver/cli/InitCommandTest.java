package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.ServerConfig.ApiOriginAllow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InitCommandTest {
    @TempDir
    private Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder);
    }

    private ServerConfig written() {
        return ServerConfig.of(cli.content("echo-server.json"));
    }

    @Nested
    final class Proposals {
        @Test
        void areTakenAtTheEndOfTheInput() {
            assertThat(cli.answering("", "init")).isZero();

            assertThat(written()).isEqualTo(ServerConfig.defaults());
            assertThat(cli.err()).isEmpty();
            assertThat(cli.run("start")).isZero();
        }

        @Test
        void areTakenWithoutAskingWhenWished() {
            assertThat(cli.run("configure", "--yes", "--port=7000", "--auth-host=http://app", "--key-prefix=p_"))
                    .isZero();

            assertThat(cli.out()).doesNotContain("?");
            assertThat(written().port()).isEqualTo(7000);
            assertThat(written().authHosts()).containsExactly("http://app");
            assertThat(written().redis().keyPrefix()).isEqualTo("p_");
        }

        @Test
        void comeFromTheCurrentFolderIfTheFileGoesElsewhere() throws IOException {
            Files.createDirectory(folder.resolve("service"));
            cli.withFile(".env", "APP_NAME=Shop\nREDIS_HOST=10.0.0.7\n");

            assertThat(cli.run("init", "--yes", "--dir=service")).isZero();

            assertThat(cli.out()).contains("Found a Laravel application in " + folder);
            ServerConfig config = ServerConfig.of(cli.content("service/echo-server.json"));
            assertThat(config.redis().keyPrefix()).isEqualTo("shop_database_");
        }

        @Test
        void comeFromTheEnvFileOfLaravel() {
            cli.withFile(".env", """
                    APP_NAME="My App"
                    APP_URL=https://app.example.com
                    REDIS_HOST=redis.internal
                    REDIS_PORT=6380
                    REDIS_USERNAME=null
                    REDIS_PASSWORD="se$cret"
                    REDIS_DB=2
                    """);

            assertThat(cli.answering("", "init")).isZero();

            assertThat(written().authHosts()).containsExactly("https://app.example.com");
            assertThat(written().redis().address()).isEqualTo("redis.internal:6380");
            assertThat(written().redis().username()).isEmpty();
            assertThat(written().redis().password()).contains("se$cret");
            assertThat(written().redis().db()).isEqualTo(2);
            assertThat(written().redis().keyPrefix()).isEqualTo("my_app_database_");
            assertThat(cli.out())
                    .contains("Found a Laravel application", "my-app-database-")
                    .doesNotContain("se$cret");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "APP_NAME=Shop    | Str::slug(env('APP_NAME'), '_').'_database_'        | shop_database_",
                    "APP_NAME=Shop    | Str::slug((string) env('APP_NAME')).'-database-'    | shop-database-",
                    "APP_NAME=Магазин | Str::slug(env('APP_NAME'), '_').'_database_'        | magazin_database_",
                    "APP_NAME=Shop    | 'shop:'                                             | shop:",
                    "APP_NAME=Shop    | null                                                | ``",
                    "APP_NAME=        | Str::slug(env('APP_NAME'), '_').'_database_'        | _database_",
                    "REDIS_PREFIX=m:  | env('REDIS_PREFIX', 'x')                            | m:",
                    "REDIS_PREFIX=    | env('REDIS_PREFIX', 'x')                            | ``",
                    "REDIS_PREFIX=m:  | 'not-asked'                                         | not-asked",
                    "REDIS_PREFIX=${HOME_}_x | ``                                           | ${HOME_}_x",
                    "APP_ENV=local    | ``                                                  | laravel_database_",
                    "APP_NAME=Shop    | Str::slug(env('APP_NAME'), '_').'_database'         | shop_database",
                    "OTHER=1          | ``                                                  | ``"
                })
        void detectTheKeyPrefix(String variable, String databasePhp, String prefix) {
            cli.withFile(".env", variable + "\n");
            if (!databasePhp.isEmpty()) {
                cli.withFile(
                        "config/database.php",
                        "<?php return ['redis' => ['options' => ['prefix' => " + databasePhp + "]]];");
            }

            assertThat(cli.run("init", "--yes")).isZero();
            assertThat(written().redis().keyPrefix()).isEqualTo(prefix);
        }
    }

    @Test
    void aPrefixThatOnlyPhpCanTellIsNotGuessed() {
        cli.withFile("config/database.php", "<?php return ['redis' => ['options' => ['prefix' => prefix()]]];");

        assertThat(cli.run("init", "--yes")).isZero();

        assertThat(cli.err()).contains("config/database.php makes it in a way that only PHP can tell", "tinker");
        assertThat(cli.content("echo-server.json")).contains("\"keyPrefix\": \"auto\"");
    }

    @Nested
    final class Answers {
        @Test
        void comeInTheOrderOfLaravelEchoServer() throws JsonProcessingException {
            String answers =
                    "y\n6002\nredis\nhttp://auth\nhttp\ny\ny\nhttp://o\nGET\nX-A\nmine.json\nr\n6380\npw\np_\n";

            assertThat(cli.answering(answers, "init")).isZero();

            ServerConfig config = ServerConfig.of(cli.content("mine.json"));
            assertThat(config.devMode()).isTrue();
            assertThat(config.port()).isEqualTo(6002);
            assertThat(config.authHosts()).containsExactly("http://auth");
            assertThat(config.apiOriginAllow()).isEqualTo(new ApiOriginAllow(true, "http://o", "GET", "X-A"));
            assertThat(config.redis().address()).isEqualTo("r:6380");
            assertThat(config.redis().password()).contains("pw");
            assertThat(config.redis().keyPrefix()).isEqualTo("p_");
            JsonNode client =
                    new ObjectMapper().readTree(cli.content("mine.json")).at("/clients/0");
            assertThat(client.get("appId").textValue()).matches("[0-9a-f]{16}");
            assertThat(client.get("key").textValue()).matches("[0-9a-f]{32}");
            assertThat(cli.out()).contains("appId: " + client.get("appId").textValue());
        }

        @Test
        void areAskedForAgainWhenTheyAreImpossible() {
            assertThat(cli.answering("maybe\nn\n70000\nabc\n6002\nmysql\nredis\n", "init"))
                    .isZero();

            assertThat(cli.err()).contains("Answer y or n.", "Enter a number from 0 to 65535.", "Answer one of: redis");
            assertThat(written().port()).isEqualTo(6002);
        }

        @Test
        void givenAsOptionsMustBePossible() {
            assertThat(cli.run("init", "--yes", "--port=99999")).isEqualTo(1);
            assertThat(cli.run("init", "--yes", "--database=mysql")).isEqualTo(1);
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void thatTheServerCannotUseAreSaidAtOnce() {
            assertThat(cli.run("init", "--yes", "--protocol=https", "--ssl-cert=/c"))
                    .isZero();
            assertThat(cli.err()).contains("To be corrected before it starts: $.sslKeyPath");
        }
    }

    @Nested
    final class TheFile {
        @Test
        void isIndentedWithTabs() {
            cli.run("init", "--yes");

            assertThat(cli.content("echo-server.json"))
                    .startsWith("{\n\t\"devMode\": false,\n\t\"port\": 6001,")
                    .contains("\t\"databaseConfig\": {\n\t\t\"redis\": {\n\t\t\t\"host\": \"127.0.0.1\"")
                    .endsWith("\n}\n");
        }

        @Test
        void isOverwrittenOnlyWhenWished() {
            cli.withFile("echo-server.json", "{\"port\":1}");

            assertThat(cli.run("init", "--yes")).isEqualTo(1);
            assertThat(cli.answering("", "init")).isEqualTo(1);
            assertThat(written().port()).isEqualTo(1);
            assertThat(cli.err()).contains("Nothing was written", "--force");

            assertThat(cli.run("init", "--yes", "--force")).isZero();
            assertThat(written().port()).isEqualTo(6001);
        }

        @Test
        void canBeReadByTheGroupForWhichItsFolderIs() throws IOException {
            Path service = Files.createDirectory(folder.resolve("service"));
            Files.setPosixFilePermissions(service, PosixFilePermissions.fromString("rwxr-x---"));

            cli.run("init", "--yes", "--dir=service", "--redis-password=pw");

            assertThat(cli.permissions("service/echo-server.json")).isEqualTo("rw-r-----");
            assertThat(cli.out()).contains("Only its owner and the group \"");
        }

        @Test
        void withAPasswordIsForItsOwnerAlone() throws IOException {
            cli.run("init", "--yes", "--redis-password=pw");

            assertThat(cli.permissions("echo-server.json")).isEqualTo("rw-------");
            assertThat(cli.out()).contains("Only you can read the file");
            assertThat(written().redis().password()).contains("pw");
        }

        @Test
        void withAPasswordLosesWiderPermissions() throws IOException {
            cli.withFile("echo-server.json", "{}");

            assertThat(cli.run("init", "--yes", "--force", "--redis-password=pw"))
                    .isZero();
            assertThat(cli.permissions("echo-server.json")).isEqualTo("rw-------");
        }

        @Test
        void mayBeElsewhere() {
            cli.withFile("app/.env", "APP_URL=http://a\n");

            assertThat(cli.run("init", "--yes", "--dir=app", "--config=les.json"))
                    .isZero();
            assertThat(ServerConfig.of(cli.content("app/les.json")).authHosts()).containsExactly("http://a");
        }

        @Test
        void mustBeWritable() {
            assertThat(cli.run("init", "--yes", "--dir=nowhere")).isEqualTo(1);
            assertThat(cli.err()).contains("Cannot write ");
        }
    }
}
