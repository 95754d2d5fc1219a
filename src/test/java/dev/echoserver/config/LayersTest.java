package dev.echoserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts when the file, variables and flags say different things. */
final class LayersTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> envFile = new HashMap<>();
    private Optional<Path> file = Optional.empty();
    private List<Assignment> flags = List.of();
    private List<Assignment> laravel = List.of();

    private void file(String json) {
        try {
            file = Optional.of(Files.writeString(folder.resolve("echo-server.json"), json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigReading reading() {
        try {
            Variables variables = Variables.of(environment).over("/app/.env", envFile);
            return ConfigReader.read(new ConfigInputs(file, variables, flags, laravel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerConfig config() {
        ConfigResult result = reading().result();
        assertThat(result.problems()).isEmpty();
        return ((ConfigResult.Valid) result).config();
    }

    private List<String> problems() {
        return reading().result().problems().stream().map(ConfigIssue::toString).toList();
    }

    private List<String> notices() {
        return reading().result().notices().stream().map(ConfigIssue::toString).toList();
    }

    private Setting setting(String key) {
        return reading().settings().stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    final class Precedence {
        @Test
        void risesFromTheFileOverEnvFilesAndTheEnvironmentToFlags() {
            assertThat(setting("port")).hasToString("Setting[key=port, value=\"6001\", source=default]");

            file("{\"port\":1}");
            assertThat(setting("port")).hasToString("Setting[key=port, value=\"1\", source=echo-server.json]");

            envFile.put("LARAVEL_ECHO_SERVER_PORT", "2");
            assertThat(setting("port"))
                    .hasToString("Setting[key=port, value=\"2\", source=LARAVEL_ECHO_SERVER_PORT in /app/.env]");

            environment.put("LARAVEL_ECHO_SERVER_PORT", "3");
            assertThat(setting("port")).hasToString("Setting[key=port, value=\"3\", source=LARAVEL_ECHO_SERVER_PORT]");

            flags = List.of(new Assignment("port", "4", "--port"));
            assertThat(setting("port")).hasToString("Setting[key=port, value=\"4\", source=--port]");
        }

        @Test
        void ofTheNewNameOverTheOldIsBelowThatOfTheEnvironmentOverFiles() {
            environment.put("LARAVEL_ECHO_SERVER_HOST", "old");
            environment.put("ECHO_SERVER_HOST", "new");
            assertThat(config().host()).contains("new");

            environment.remove("ECHO_SERVER_HOST");
            envFile.put("ECHO_SERVER_HOST", "new");
            assertThat(config().host()).contains("old");
        }

        @Test
        void goesKeyByKey() {
            file("{\"databaseConfig\":{\"redis\":{\"host\":\"r\",\"db\":3},\"publishPresence\":true}}");
            environment.put("ECHO_SERVER_DATABASE_CONFIG", "{\"redis\":{\"db\":4,\"port\":5}}");
            environment.put("ECHO_SERVER_REDIS_PORT", "6");

            assertThat(config().publishPresence()).isTrue();
            assertThat(config().redis().address()).isEqualTo("r:6");
            assertThat(config().redis().db()).isEqualTo(4);
            assertThat(setting("databaseConfig.redis.db").source()).isEqualTo("ECHO_SERVER_DATABASE_CONFIG.redis.db");
            assertThat(setting("databaseConfig.redis.host").source()).isEqualTo("echo-server.json");
        }

        @Test
        void leavesTheOtherSubscriberAloneWhenAVariableSwitchesOne() {
            environment.put("ECHO_SERVER_SUBSCRIBERS_HTTP", "false");

            assertThat(config().subscribers()).isEqualTo(new ServerConfig.Subscribers(false, true));
            assertThat(setting("subscribers.redis").source()).isEqualTo("default");
            assertThat(setting("subscribers.http").source()).isEqualTo("ECHO_SERVER_SUBSCRIBERS_HTTP");
        }

        @Test
        void leavesOutEmptyVariables() {
            file("{\"port\":1}");
            environment.put("LARAVEL_ECHO_SERVER_PORT", "");

            assertThat(config().port()).isEqualTo(1);
        }
    }

    @Nested
    final class OldVariables {
        @Test
        void haveTheirTwelveNames() {
            environment.putAll(Map.of(
                    "LARAVEL_ECHO_SERVER_AUTH_HOST", "http://app",
                    "LARAVEL_ECHO_SERVER_DEBUG", "true",
                    "LARAVEL_ECHO_SERVER_HOST", "127.0.0.2",
                    "LARAVEL_ECHO_SERVER_PORT", "6002",
                    "LARAVEL_ECHO_SERVER_PROTO", "http",
                    "LARAVEL_ECHO_SERVER_REDIS_HOST", "r",
                    "LARAVEL_ECHO_SERVER_REDIS_PORT", "6380",
                    "LARAVEL_ECHO_SERVER_REDIS_PASSWORD", "[s,e{cret"));
            environment.putAll(Map.of(
                    "LARAVEL_ECHO_SERVER_SSL_CERT", "/c",
                    "LARAVEL_ECHO_SERVER_SSL_KEY", "/k",
                    "LARAVEL_ECHO_SERVER_SSL_CHAIN", "/h",
                    "LARAVEL_ECHO_SERVER_SSL_PASS", "p"));

            ServerConfig config = config();

            assertThat(notices()).isEmpty();
            assertThat(config.authHosts()).containsExactly("http://app");
            assertThat(config.devMode()).isTrue();
            assertThat(config.host()).contains("127.0.0.2");
            assertThat(config.port()).isEqualTo(6002);
            assertThat(config.redis().address()).isEqualTo("r:6380");
            assertThat(config.redis().password()).contains("[s,e{cret");
            assertThat(setting("protocol").source()).isEqualTo("LARAVEL_ECHO_SERVER_PROTO");
            assertThat(setting("sslCertPath").value().textValue()).isEqualTo("/c");
            assertThat(setting("sslKeyPath").value().textValue()).isEqualTo("/k");
            assertThat(setting("sslCertChainPath").value().textValue()).isEqualTo("/h");
            assertThat(setting("sslPassphrase").value().textValue()).isEqualTo("(hidden)");
        }

        @Test
        void areJoinedByThoseThatImagesAdded() {
            environment.put("LARAVEL_ECHO_SERVER_REDIS_KEY_PREFIX", "p_");
            environment.put("LARAVEL_ECHO_SERVER_REDIS_DB", "2");
            environment.put("LARAVEL_ECHO_SERVER_REDIS_USERNAME", "u");

            assertThat(config().redis().keyPrefix()).isEqualTo("p_");
            assertThat(config().redis().db()).isEqualTo(2);
            assertThat(config().redis().username()).contains("u");
        }

        @ParameterizedTest
        @ValueSource(strings = {"true", "1", "yes", "on", "TRUE"})
        void switchDevModeOnInManyWays(String text) {
            environment.put("LARAVEL_ECHO_SERVER_DEBUG", text);

            assertThat(config().devMode()).isTrue();
        }

        @Test
        void takeThePortFromALinkOfDocker() {
            environment.put("LARAVEL_ECHO_SERVER_PORT", "tcp://10.0.0.3:6005");

            assertThat(config().port()).isEqualTo(6005);
        }
    }

    @Nested
    final class NewVariables {
        @Test
        void existForEachKey() {
            Set<String> names = new HashSet<>();
            for (Setting setting : reading().settings()) {
                String name = VariableNames.variable(setting.key());
                assertThat(names.add(name))
                        .as("%s is the name of one key only", name)
                        .isTrue();
                environment.put(name, "{");
            }

            assertThat(notices()).noneMatch(notice -> notice.contains("is not a known variable"));
            assertThat(names)
                    .contains(
                            "ECHO_SERVER_DATABASE_CONFIG_REDIS_KEY_PREFIX",
                            "ECHO_SERVER_SOCKETIO_MAX_HTTP_BUFFER_SIZE",
                            "ECHO_SERVER_CLIENTS",
                            "ECHO_SERVER_HEADERS",
                            "ECHO_SERVER_LIMITS_EVENTS_PER_SECOND");
        }

        /** So that none is left out which is read only if another one is set. */
        @Test
        void existForEachKeyOfTheExampleFile() throws IOException {
            Set<String> example = new TreeSet<>();
            collect(
                    "",
                    new ObjectMapper()
                            .readTree(Path.of("echo-server.json.example").toFile()),
                    example);
            for (String key : example) {
                environment.put(VariableNames.variable(key), "{}");
            }

            assertThat(notices())
                    .noneMatch(notice -> notice.contains("is not a known variable"))
                    .noneMatch(notice -> notice.startsWith("default"));
        }

        private static void collect(String path, JsonNode node, Set<String> keys) {
            node.properties().forEach(entry -> {
                keys.add(path + entry.getKey());
                collect(path + entry.getKey() + ".", entry.getValue(), keys);
            });
        }

        @Test
        void writeListsWithCommasOrAsJson() {
            environment.put("ECHO_SERVER_AUTH_HOST", "http://a, http://b,");
            environment.put("ECHO_SERVER_ALLOWED_ORIGINS", "[\"https://c\",\"https://d\"]");
            environment.put("ECHO_SERVER_CLIENTS", "[{\"appId\":\"a\",\"key\":\"k\"}]");
            environment.put("ECHO_SERVER_HEADERS", "{\"X-A\":\"b\"}");
            environment.put("ECHO_SERVER_SOCKETIO_PER_MESSAGE_DEFLATE", "{\"threshold\":7}");
            environment.put("ECHO_SERVER_SOCKETIO_COOKIE", "false");

            ServerConfig config = config();

            assertThat(config.authHosts()).containsExactly("http://a", "http://b");
            assertThat(config.allowedOrigins()).containsExactly("https://c", "https://d");
            assertThat(config.clients()).containsExactly(new ApiClient("a", "k"));
            assertThat(config.headers()).isEqualTo(Map.of("X-A", "b"));
            assertThat(config.socketio().perMessageDeflate().thresholdBytes()).isEqualTo(7);
            assertThat(config.socketio().cookie()).isEmpty();
        }

        @Test
        void reachKeysThatAreReadOnlyInsideAnObject() {
            environment.put("ECHO_SERVER_SOCKETIO_HTTP_COMPRESSION", "true");
            environment.put("ECHO_SERVER_SOCKETIO_HTTP_COMPRESSION_THRESHOLD", "9");

            assertThat(config().socketio().httpCompression()).isEqualTo(new SocketIoConfig.Compression(true, 9));
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "NULL", "(null)", "empty", "(empty)", "\"null\"", "'null'", "\"\""})
        void thatAreNothingInLaravelTakeTheValueAway(String nothing) throws IOException {
            file("{\"databaseConfig\":{\"redis\":{\"password\":\"p\",\"url\":\"${URL}\",\"username\":\"${WHO}\"}}}");
            environment.put("LARAVEL_ECHO_SERVER_REDIS_PASSWORD", nothing);
            environment.put("ECHO_SERVER_REDIS_KEY_PREFIX", nothing);
            environment.put("ECHO_SERVER_REDIS_HOST", nothing);
            environment.put("URL", nothing);
            environment.put("WHO", nothing);

            RedisConfig redis = config().redis();

            assertThat(redis).isEqualTo(ServerConfig.defaults().redis());
            assertThat(notices()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "ECHO_SERVER_PROTOCL, Did you mean ECHO_SERVER_PROTOCOL?",
            "LARAVEL_ECHO_SERVER_REDIS_PASWORD, Did you mean LARAVEL_ECHO_SERVER_REDIS_PASSWORD?",
            "ECHO_SERVER_COLOUR_OF_THE_SKY, lists all keys"
        })
        void withUnknownNamesAreNoticed(String name, String cure) {
            environment.put(name, "hunter2");

            assertThat(notices())
                    .singleElement()
                    .asString()
                    .startsWith(name + ": is not a known variable")
                    .contains(cure)
                    .doesNotContain("hunter2");
        }

        @ParameterizedTest
        @CsvSource({
            "ECHO_SERVER_JAVA_OPTS, -Xmx1g",
            "ECHO_SERVER_SERVICE_HOST, 10.0.0.1",
            "ECHO_SERVER_SERVICE_PORT_WS, 80",
            "ECHO_SERVER_PORT_80_TCP_ADDR, 10.0.0.1",
            "ECHO_SERVER_PORT, tcp://10.0.0.1:80",
            "OTHER_ECHO_SERVER_PORT, 7"
        })
        void ofTheLauncherAndOfKubernetesAreNone(String name, String text) {
            environment.put(name, text);

            assertThat(notices()).isEmpty();
            assertThat(config().port()).isEqualTo(6001);
        }
    }

    @Nested
    final class References {
        @Test
        void areReplacedInsideTheText() {
            file("{\"authHost\":[\"http://${H}:80\"],\"host\":\"${H}\",\"headers\":{\"X\":\"${A}$A{A}\"}}");
            environment.put("H", "app");
            environment.put("LARAVEL_ECHO_SERVER_REDIS_HOST", "${H}.internal");
            envFile.put("A", "$1\\");

            assertThat(config().authHosts()).containsExactly("http://app:80");
            assertThat(config().host()).contains("app");
            assertThat(config().headers()).containsEntry("X", "$1\\$A{A}");
            assertThat(config().redis().host()).isEqualTo("app.internal");
            assertThat(notices()).isEmpty();
        }

        @Test
        void toNothingAreEmptyAndNoticed() {
            file("{\"host\":\"${NOWHERE}\"}");
            environment.put("ECHO_SERVER_AUTH_HOST", "http://app${EITHER}");

            assertThat(config().host()).isEmpty();
            assertThat(config().authHosts()).containsExactly("http://app");
            assertThat(notices())
                    .containsExactlyInAnyOrder(
                            "echo-server.json $.host: names the variable NOWHERE, which is not set. Set it, or write the"
                                    + " value itself.",
                            "ECHO_SERVER_AUTH_HOST: names the variable EITHER, which is not set. Set it, or write the"
                                    + " value itself.");
        }
    }

    @Nested
    final class Mistakes {
        @Test
        void nameWhatSetTheValue() {
            file("{\"database\":\"mysql\"}");
            environment.put("LARAVEL_ECHO_SERVER_PORT", "abc");
            envFile.put("ECHO_SERVER_LIMITS_EVENTS_BURST", "-1");
            environment.put("ECHO_SERVER_CLIENTS", "[{\"appId\":1}]");
            flags = List.of(new Assignment("socketio.pingTimeout", "soon", "--set socketio.pingTimeout"));

            assertThat(problems())
                    .containsExactlyInAnyOrder(
                            "echo-server.json $.database: is \"mysql\". Write \"redis\" or \"sqlite\".",
                            "LARAVEL_ECHO_SERVER_PORT: is \"abc\". Write a port number such as 6001.",
                            "ECHO_SERVER_LIMITS_EVENTS_BURST in /app/.env: is \"-1\". Write a whole number from 1 to"
                                    + " 2147483647.",
                            "ECHO_SERVER_CLIENTS[0].key: is missing. Write {\"appId\": \"…\", \"key\": \"…\"}.",
                            "--set socketio.pingTimeout: is \"soon\". Write a whole number from 1 to 86400000.");
        }

        @Test
        void inJsonAreSaidWithoutTheValue() {
            environment.put("ECHO_SERVER_CLIENTS", "hunter2");

            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith("ECHO_SERVER_CLIENTS: is not JSON")
                    .doesNotContain("hunter2");
        }

        @Test
        void inTheKeyOfAFlagNameTheNearest() {
            flags = List.of(new Assignment("socketio.pingTimout", "1", "--set socketio.pingTimout"));

            assertThat(problems())
                    .containsExactly("--set socketio.pingTimout: is not a known key. Did you mean"
                            + " \"socketio.pingTimeout\"?");
        }

        @Test
        void inTheFileAreNotCoveredByAVariable() {
            file("{\"databaseConfig\":7}");
            environment.put("LARAVEL_ECHO_SERVER_REDIS_HOST", "r");

            assertThat(problems())
                    .containsExactly(
                            "echo-server.json $.databaseConfig: is (hidden) and of the wrong kind. Write an object { … }.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "{}", "1", "x", "true", "null", "[[]]", "[null]", "{\"a\":{}}", "{", ",", "${"})
        void ofTypeNeverThrowWhereverTheyStand(String value) {
            for (Setting setting : reading().settings()) {
                environment.put(VariableNames.variable(setting.key()), value);
            }

            assertThat(reading()).isNotNull();
        }
    }

    @Nested
    final class Flags {
        @Test
        void reachFreeKeys() {
            flags = List.of(new Assignment("headers.X-Frame-Options", "DENY", "--set headers.X-Frame-Options"));

            assertThat(config().headers()).isEqualTo(Map.of("X-Frame-Options", "DENY"));
        }

        @Test
        void mayEmptyAValue() {
            file("{\"host\":\"127.0.0.1\"}");
            flags = List.of(new Assignment("host", "", "--host"));

            assertThat(config().host()).isEmpty();
        }
    }

    @Nested
    final class LaravelsOwnSettings {
        @BeforeEach
        void ofAnApplication() {
            laravel = List.of(
                    new Assignment("databaseConfig.redis.host", "r", "REDIS_HOST in /app/.env"),
                    new Assignment("databaseConfig.redis.keyPrefix", "app_", "REDIS_PREFIX in /app/.env"));
        }

        @Test
        void countWithoutAFile() {
            assertThat(config().redis().keyPrefix()).isEqualTo("app_");
            assertThat(config().redis().host()).isEqualTo("r");
            assertThat(setting("databaseConfig.redis.keyPrefix").source()).isEqualTo("REDIS_PREFIX in /app/.env");

            environment.put("ECHO_SERVER_REDIS_HOST", "other");
            assertThat(config().redis().host()).isEqualTo("other");
        }

        /** In an old file no prefix means that there is none. */
        @Test
        void doNotCountBesideAFile() {
            file("{\"databaseConfig\":{\"redis\":{}}}");

            assertThat(config().redis()).isEqualTo(ServerConfig.defaults().redis());
        }

        @Test
        void giveThePrefixToAFileThatAsksForIt() {
            file("{\"databaseConfig\":{\"redis\":{\"keyPrefix\":\"auto\"}}}");

            assertThat(config().redis().keyPrefix()).isEqualTo("app_");
            assertThat(config().redis().host()).isEqualTo("127.0.0.1");
        }

        @Test
        void areMissedByAFileThatAsksForThem() {
            laravel = List.of();
            file("{\"databaseConfig\":{\"redis\":{\"keyPrefix\":\"auto\"}}}");

            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith("echo-server.json $.databaseConfig.redis.keyPrefix: is \"auto\"")
                    .contains("REDIS_PREFIX");
        }
    }

    @Test
    void secretsAreHiddenInWhatIsShown() {
        file("{\"clients\":[{\"appId\":\"a\",\"key\":\"hunter2\"}],\"sslPassphrase\":\"hunter2\","
                + "\"authHost\":\"http://me:hunter2@app\"}");
        environment.put("LARAVEL_ECHO_SERVER_REDIS_PASSWORD", "hunter2");

        assertThat(reading().settings().toString()).doesNotContain("hunter2");
        assertThat(setting("clients").value()).hasToString("[{\"appId\":\"a\",\"key\":\"(hidden)\"}]");
        assertThat(setting("databaseConfig.redis.password").source()).isEqualTo("LARAVEL_ECHO_SERVER_REDIS_PASSWORD");
    }
}
