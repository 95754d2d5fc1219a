package dev.echoserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.config.ServerConfig.Database;
import dev.echoserver.config.ServerConfig.Subscribers;
import dev.echoserver.config.SocketIoConfig.Compression;
import dev.echoserver.config.SocketIoConfig.Cookie;
import dev.echoserver.config.SocketIoConfig.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigReaderTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static List<String> problems(String json) {
        return ConfigReader.parse(json).problems().stream()
                .map(ConfigIssue::toString)
                .toList();
    }

    private static List<String> notices(String json) {
        return ConfigReader.parse(json).notices().stream()
                .map(ConfigIssue::toString)
                .toList();
    }

    @Test
    void keysWithControlCharactersAreNamedOnOneLine() {
        assertThat(notices("{\"port\\u0000\\n\": 1}"))
                .singleElement()
                .asString()
                .contains("$.port??")
                .doesNotContain("\n");
    }

    @Nested
    final class Defaults {
        /** What a value of the example file may also be. */
        private static final String ONLY_INSIDE_AN_OBJECT =
                "databaseConfig\\.redis\\.(tls|sentinelTLS)\\..*|socketio\\.(cookie|.*Compression|.*Deflate)\\..*"
                        + "|databaseConfig\\.redis\\.(role|enableTLSForSentinelMode)";

        @Test
        void areThoseOfTheContract() {
            ServerConfig config = ServerConfig.defaults();

            assertThat(config.host()).isEmpty();
            assertThat(config.port()).isEqualTo(6001);
            assertThat(config.authHosts()).containsExactly("http://localhost");
            assertThat(config.authEndpoint()).isEqualTo("/broadcasting/auth");
            assertThat(config.authTls()).isEqualTo(new AuthTlsConfig(Optional.empty(), true));
            assertThat(config.allowedOrigins()).isEmpty();
            assertThat(config.redis().address()).isEqualTo("127.0.0.1:6379");
            assertThat(config.redis().keyPrefix()).isEmpty();
            assertThat(config.subscribers()).isEqualTo(new Subscribers(true, true));
            assertThat(config.socketio().pingInterval()).isEqualTo(Duration.ofSeconds(25));
            assertThat(config.socketio().pingTimeout()).isEqualTo(Duration.ofSeconds(20));
            assertThat(config.socketio().connectTimeout()).isEqualTo(Duration.ofSeconds(45));
            assertThat(config.socketio().maxHttpBufferBytes()).isEqualTo(1_048_576);
            assertThat(config.socketio().transports()).containsExactlyInAnyOrder(Transport.values());
            assertThat(config.limits().maxBroadcastBytes()).isEqualTo(4 << 20);
            assertThat(config.limits().outboundStall()).isEqualTo(Duration.ofSeconds(10));
        }

        @Test
        void areWhatTheExampleFileSays() throws IOException {
            ConfigResult result = ConfigReader.read(ConfigInputs.of(Path.of("echo-server.json.example")))
                    .result();

            assertThat(result)
                    .usingRecursiveComparison()
                    .ignoringFields("config.management.value.isAskedFor") // It names the port.
                    .isEqualTo(new ConfigResult.Valid(ServerConfig.defaults(), List.of()));
        }

        @Test
        void areAllNamedInTheExampleFile() throws IOException {
            JsonNode example = MAPPER.readTree(Files.readString(Path.of("echo-server.json.example")));
            List<String> missing = new ArrayList<>();
            for (String key : ConfigReader.catalogue().names()) {
                if (example.at("/" + key.replace('.', '/')).isMissingNode()) {
                    missing.add(key);
                }
            }

            assertThat(missing).allMatch(key -> key.matches(ONLY_INSIDE_AN_OBJECT));
        }
    }

    @Nested
    final class FilesOfLaravelEchoServer {
        @ParameterizedTest
        @CsvSource({
            "6001, 6001",
            "\"6002\", 6002",
            "\"tcp://10.0.0.3:6003\", 6003",
            "\"tcp://10.0.0.3:6003/\", 6003",
            "0, 0"
        })
        void writeThePortInManyWays(String written, int port) {
            assertThat(ServerConfig.of("{\"port\":" + written + "}").port()).isEqualTo(port);
        }

        @ParameterizedTest
        @ValueSource(strings = {"true", "\"true\"", "1", "\"1\"", "\"yes\"", "\"on\"", "\"TRUE\""})
        void switchDevModeOnInManyWays(String written) {
            assertThat(ServerConfig.of("{\"devMode\":" + written + "}").devMode())
                    .isTrue();
        }

        @Test
        void nameOneAuthHostOrMany() {
            assertThat(ServerConfig.of("{\"authHost\":\"http://a\"}").authHosts())
                    .containsExactly("http://a");
            assertThat(ServerConfig.of("{\"authHost\":[\"http://a\",\".b.com\"]}")
                            .authHosts())
                    .containsExactly("http://a", ".b.com");
            assertThat(ServerConfig.of("{\"authHost\":[]}").authHosts()).containsExactly("http://localhost");
        }

        @Test
        void takeTheHostWhenTheAuthHostIsEmpty() {
            assertThat(ServerConfig.of("{\"authHost\":\"\",\"host\":\"http://app\"}")
                            .authHosts())
                    .containsExactly("http://app");
        }

        @Test
        void mayHaveANumericAppId() {
            assertThat(ServerConfig.of("{\"clients\":[{\"appId\":17,\"key\":\"k\"}]}")
                            .clients())
                    .containsExactly(new ApiClient("17", "k"));
        }

        @Test
        void switchTheOtherSubscriberOffByLeavingItOut() {
            assertThat(ServerConfig.of("{\"subscribers\":{\"redis\":true}}").subscribers())
                    .isEqualTo(new Subscribers(false, true));
        }

        @Test
        void mayLeaveRedisOutOfTheDatabaseConfig() {
            ServerConfig config = ServerConfig.of("{\"databaseConfig\":{\"publishPresence\":true}}");

            assertThat(config.publishPresence()).isTrue();
            assertThat(config.redis()).isEqualTo(ServerConfig.defaults().redis());
        }

        @Test
        void mayUseSqliteWhichIsNoticed() {
            String json = "{\"database\":\"sqlite\",\"databaseConfig\":{\"sqlite\":{\"databasePath\":\"/x\"}}}";

            assertThat(ServerConfig.of(json).database()).isEqualTo(Database.SQLITE);
            assertThat(notices(json))
                    .singleElement()
                    .asString()
                    .startsWith("$.database: is \"sqlite\"")
                    .contains("kept in memory");
        }

        @Test
        void mayKeepTheListsOfMembersWhereTheyWere() {
            assertThat(ServerConfig.defaults().membersKey()).isFalse();
            assertThat(ServerConfig.of("{\"databaseConfig\":{\"membersKey\":true}}")
                            .membersKey())
                    .isTrue();
        }

        @Test
        void mayCarryOptionsWithoutEffect() {
            String json = "{\"socketio\":{\"wsEngine\":\"uws\"},\"databaseConfig\":{\"redis\":{\"family\":4}}}";

            assertThat(notices(json))
                    .hasSize(2)
                    .allMatch(notice -> notice.contains("has no effect"), "says that it has no effect");
        }

        @Test
        void areTakenAsTheirInitCommandWritesThem() {
            assertThat(notices("""
                            {"authHost":"http://localhost","authEndpoint":"/broadcasting/auth","clients":[],
                             "database":"redis","databaseConfig":{"redis":{},
                             "sqlite":{"databasePath":"/database/laravel-echo-server.sqlite"}},
                             "devMode":false,"host":null,"port":"6001","protocol":"http","socketio":{},
                             "secureOptions":67108864,"sslCertPath":"","sslKeyPath":"","sslCertChainPath":"",
                             "sslPassphrase":"","subscribers":{"http":true,"redis":true},
                             "apiOriginAllow":{"allowCors":false,"allowOrigin":"","allowMethods":"","allowHeaders":""}}
                            """)).isEmpty();
        }
    }

    @Nested
    final class SocketIoOptions {
        @Test
        void compressWhenAskedTo() {
            SocketIoConfig options = ServerConfig.of(
                            "{\"socketio\":{\"perMessageDeflate\":{\"threshold\":2048},\"httpCompression\":true}}")
                    .socketio();

            assertThat(options.perMessageDeflate()).isEqualTo(new Compression(true, 2048));
            assertThat(options.httpCompression()).isEqualTo(new Compression(true, 1024));
            assertThat(ServerConfig.defaults().socketio().perMessageDeflate().enabled())
                    .isFalse();
        }

        @Test
        void setTheCookie() {
            assertThat(cookie("{}")).contains(new Cookie("io", List.of("Path=/", "HttpOnly", "SameSite=Strict")));
            assertThat(cookie("{\"cookie\":\"sid\",\"cookieHttpOnly\":false}"))
                    .contains(new Cookie("sid", List.of("Path=/", "SameSite=Strict")));
            assertThat(cookie("{\"cookiePath\":false}")).contains(new Cookie("io", List.of("SameSite=Strict")));
            assertThat(cookie("{\"cookie\":true}")).isEqualTo(cookie("{}"));
            assertThat(cookie("{\"cookie\":false}")).isEmpty();
        }

        private static Optional<Cookie> cookie(String options) {
            return ServerConfig.of("{\"socketio\":" + options + "}").socketio().cookie();
        }

        @Test
        void mayOfferOneTransport() {
            assertThat(ServerConfig.of("{\"socketio\":{\"transports\":[\"websocket\"]}}")
                            .socketio()
                            .transports())
                    .containsExactly(Transport.WEBSOCKET);
        }

        @Test
        void mayHaveASlashAfterThePath() {
            assertThat(ServerConfig.of("{\"socketio\":{\"path\":\"/ws/\"}}")
                            .socketio()
                            .path())
                    .isEqualTo("/ws");
        }
    }

    @Nested
    final class Mistakes {
        @Test
        void areReportedAllTogetherWithPathAndCure() {
            assertThat(problems("""
                            {"port": "abc", "authHost": 5.5e400, "database": "mysql", "headers": {"X": {}},
                             "databaseConfig": {"redis": {"port": 70000, "db": -1}},
                             "socketio": {"pingInterval": "soon", "clientVersion": 3, "transports": ["flash"]},
                             "clients": [{"appId": "a"}, 7], "limits": {"eventsBurst": 1.5}}
                            """))
                    .contains(
                            "$.port: is \"abc\". Write a port number such as 6001.",
                            "$.databaseConfig.redis.port: is 70000. Write a whole number from 1 to 65535.",
                            "$.databaseConfig.redis.db: is -1. Write a whole number from 0 to 2147483647.",
                            "$.database: is \"mysql\". Write \"redis\" or \"sqlite\".",
                            "$.headers.X: is an object. Write a text in double quotes.",
                            "$.socketio.pingInterval: is \"soon\". Write a whole number from 1 to 86400000.",
                            "$.socketio.clientVersion: is 3. Write 2 or 4; client 3 pages work with 4.",
                            "$.socketio.transports: names \"flash\". Write [\"polling\", \"websocket\"] or one of them.",
                            "$.clients[0].key: is missing. Write {\"appId\": \"…\", \"key\": \"…\"}.",
                            "$.clients[1]: is (hidden) and of the wrong kind. Write an object { … }.",
                            "$.limits.eventsBurst: is 1.5. Write a whole number from 1 to 2147483647.");
        }

        @Test
        void neverShowSecrets() {
            String json = """
                    {"databaseConfig": {"redis": {"password": ["hunter2"]}}, "sslPassphrase": {"a": "hunter2"},
                     "clients": [{"appId": "a", "key": ["hunter2"]}], "passwrod": "hunter2"}
                    """;

            assertThat(problems(json).toString() + notices(json)).doesNotContain("hunter2");
            assertThat(problems("{\"databaseConfig\":{\"redis\":\"redis://me:hunter2@host:x\"}}"))
                    .hasSize(1)
                    .noneMatch(problem -> problem.contains("hunter2"));
            assertThat(ServerConfig.of("{\"databaseConfig\":{\"redis\":{\"password\":\"hunter2\"}},"
                                    + "\"clients\":[{\"appId\":\"a\",\"key\":\"hunter2\"}],"
                                    + "\"sslPassphrase\":\"hunter2\"}")
                            .toString())
                    .doesNotContain("hunter2");
        }

        @Test
        void inTheNameOfAKeyAreNoticesWithTheNearestKnownKey() {
            assertThat(notices("{\"databaseConfig\":{\"redis\":{\"keyprefx\":\"a\"}},\"colour\":1}"))
                    .hasSize(2)
                    .anyMatch(notice -> notice.startsWith("$.databaseConfig.redis.keyprefx: is not a known key")
                            && notice.contains("Did you mean \"keyPrefix\"?"))
                    .anyMatch(notice -> notice.startsWith("$.colour: ") && notice.contains("You can remove it"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"[]", "{}", "1", "\"x\"", "true", "null", "[[]]", "[null]", "1e400", "-1", "{\"a\":{}}"})
        void ofTypeNeverThrowWhereverTheyStand(String value) throws IOException {
            ObjectNode example = (ObjectNode) MAPPER.readTree(Files.readString(Path.of("echo-server.json.example")));
            for (ObjectNode json : replacedEverywhere(example, MAPPER.readTree(value))) {
                assertThat(ConfigReader.parse(json.toString())).isNotNull();
            }
        }

        private static List<ObjectNode> replacedEverywhere(ObjectNode node, JsonNode value) {
            List<ObjectNode> all = new ArrayList<>();
            node.properties().forEach(entry -> {
                all.add(node.deepCopy().set(entry.getKey(), value));
                if (entry.getValue() instanceof ObjectNode inner) {
                    replacedEverywhere(inner, value)
                            .forEach(changed -> all.add(node.deepCopy().set(entry.getKey(), changed)));
                }
            });
            return all;
        }
    }

    @Nested
    final class ApiUsers {
        private static final String APP = "{\"id\":3,\"key\":\"k\",\"secret\":\"s\"}";

        @Test
        void areClientsAndApps() {
            ServerConfig config = ServerConfig.of("{\"clients\":[{\"appId\":\"a\",\"key\":\"x\"}],\"apps\":[" + APP
                    + ",{\"id\":\"4\",\"key\":\"k\",\"secret\":[\"new\",\"old\"],\"timestampToleranceSeconds\":60}]}");

            assertThat(config.clients()).containsExactly(new ApiClient("a", "x"));
            assertThat(config.apps())
                    .containsExactly(
                            new App("3", "k", List.of("s"), Duration.ofMinutes(10)),
                            new App("4", "k", List.of("new", "old"), Duration.ofMinutes(1)));
        }

        @Test
        void doNotShowTheirSecrets() {
            assertThat(ServerConfig.of("{\"apps\":[{\"id\":3,\"key\":\"k\",\"secret\":\"hunter2\"}]}")
                            .toString())
                    .doesNotContain("hunter2");
            assertThat(problems("{\"apps\":[{\"id\":3,\"key\":\"k\",\"secret\":[471123]}]}")
                            .toString())
                    .contains("$.apps[0].secret")
                    .doesNotContain("471123");
        }

        @ParameterizedTest
        @ValueSource(strings = {"id", "key", "secret"})
        void needEachPart(String part) {
            String app = APP.replace("\"" + part + "\"", "\"other\"");

            assertThat(problems("{\"apps\":[" + app + "]}"))
                    .singleElement()
                    .asString()
                    .startsWith("$.apps[0]." + part + ": is missing");
        }

        @Test
        void areToldApart() {
            assertThat(problems("{\"apps\":[" + APP + "," + APP + "]}"))
                    .singleElement()
                    .asString()
                    .startsWith("$.apps[1].id: is \"3\", which another entry");
            assertThat(problems("{\"clients\":[{\"appId\":\"3\",\"key\":\"x\"}],\"apps\":[" + APP + "]}"))
                    .hasSize(1);
            assertThat(problems("{\"clients\":[{\"appId\":\"a\",\"key\":\"k\"}],\"apps\":[" + APP + "]}"))
                    .singleElement()
                    .asString()
                    .startsWith("$.apps[0].key: is also the key of an entry of clients");
        }

        @Test
        void thatAreThereTwiceInAnOldFileCountOnce() {
            String json = "{\"clients\":[{\"appId\":\"a\",\"key\":\"x\"},{\"appId\":\"a\",\"key\":\"y\"}]}";

            assertThat(ServerConfig.of(json).clients()).containsExactly(new ApiClient("a", "x"));
            assertThat(notices(json)).singleElement().asString().startsWith("$.clients[1].appId: ");
        }
    }

    @Nested
    final class AuthorizationOptions {
        @ParameterizedTest
        @CsvSource({
            "'', LARAVEL",
            "'\"strictCompatibility\": true', ANY",
            "'\"authAnswers\": \"any\"', ANY",
            "'\"authAnswers\": \"laravel\", \"strictCompatibility\": true', LARAVEL",
            "'\"authAnswers\": null, \"strictCompatibility\": true', ANY",
        })
        void openPrivateChannelsByLaravelsAnswersUnlessStrictOrTold(String members, AuthAnswers answers) {
            assertThat(ServerConfig.of("{" + members + "}").authAnswers()).isEqualTo(answers);
        }

        @Test
        void nameACertificateAndTheOriginsWhoseCookiesMayBeUsed() {
            ServerConfig config = ServerConfig.of(
                    "{\"authTls\":{\"ca\":\"/etc/ca.pem\"},\"allowedOrigins\":[\"https://a.test\",\".b.test\"]}");

            assertThat(config.authTls()).isEqualTo(new AuthTlsConfig(Optional.of("/etc/ca.pem"), true));
            assertThat(config.allowedOrigins()).containsExactly("https://a.test", ".b.test");
            assertThat(ServerConfig.of("{\"allowedOrigins\":\"https://a.test\"}")
                            .allowedOrigins())
                    .containsExactly("https://a.test");
        }

        @Test
        void areNoticedWhenTheyRemoveAProtection() {
            assertThat(notices("{\"authTls\":{\"verify\":false}}"))
                    .singleElement()
                    .asString()
                    .startsWith("$.authTls.verify: is false")
                    .contains("authTls.ca");
            assertThat(notices("{\"allowedOrigins\":[\"*\"]}"))
                    .singleElement()
                    .asString()
                    .startsWith("$.allowedOrigins: holds \"*\"");
            assertThat(notices("{\"authTls\":{\"verify\":true},\"allowedOrigins\":[\"https://a.test\"]}"))
                    .isEmpty();
        }
    }

    @Test
    void embeddingProgramsGetAllProblemsAsOneException() {
        assertThatThrownBy(() -> ServerConfig.of("{\"port\":-1,\"host\":[]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("$.port", "$.host");
    }
}
