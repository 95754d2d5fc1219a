package dev.echoserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.config.ServerConfig.Database;
import dev.echoserver.config.ServerConfig.Protocol;
import dev.echoserver.config.ServerConfig.Subscribers;
import dev.echoserver.config.SocketIoConfig.Cookie;
import dev.echoserver.config.SocketIoConfig.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that laravel-echo-server 1.6.3 starts with, in a file of its name and in one of ours. */
final class OldServersValuesTest {
    private static final String OLD = "laravel-echo-server.json";
    private static final String OURS = "echo-server.json";

    @TempDir
    private Path folder;

    private ConfigResult read(String name, String json) {
        return read(name, json, Map.of());
    }

    private ConfigResult read(String name, String json, Map<String, String> variables) {
        try {
            Path file = Files.writeString(folder.resolve(name), json);
            return ConfigReader.read(new ConfigInputs(Optional.of(file), Variables.of(variables), List.of(), List.of()))
                    .result();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ServerConfig old(String json) {
        ConfigResult result = read(OLD, json);
        assertThat(result.problems()).isEmpty();
        return ((ConfigResult.Valid) result).config();
    }

    private List<String> notices(String name, String json) {
        return read(name, json).notices().stream().map(ConfigIssue::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"clients\":[{\"appId\":\"\",\"key\":\"\"}]}",
                "{\"clients\":[{}]}",
                "{\"clients\":[null]}",
                "{\"clients\":[\"shop\"]}",
                "{\"clients\":\"none\"}",
                "{\"clients\":{\"0\":{\"appId\":\"a\",\"key\":\"k\"}}}",
                "{\"protocol\":\"redis\"}",
                "{\"protocol\":\"HTTPS\"}",
                "{\"protocol\":true}",
                "{\"host\":false}",
                "{\"host\":[]}",
                "{\"authHost\":{}}",
                "{\"authHost\":[null]}",
                "{\"authHost\":true}",
                "{\"devMode\":\"maybe\"}",
                "{\"headers\":\"none\"}",
                "{\"headers\":{\"X-A\":{}}}",
                "{\"secureOptions\":\"none\"}",
                "{\"sslCertPath\":false}",
                "{\"subscribers\":\"redis\"}",
                "{\"apiOriginAllow\":false}",
                "{\"databaseConfig\":{\"redis\":{\"password\":false}}}",
                "{\"databaseConfig\":{\"redis\":{\"db\":\"\"}}}",
                "{\"databaseConfig\":{\"redis\":{\"db\":\"zero\"}}}",
                "{\"databaseConfig\":{\"redis\":{\"keyPrefix\":false}}}",
                "{\"databaseConfig\":{\"redis\":{\"natMap\":{\"a\":{}}}}}",
                "{\"databaseConfig\":{\"redis\":{\"name\":\"m\",\"sentinels\":[{\"port\":26379}]}}}",
                "{\"socketio\":\"none\"}",
                "{\"socketio\":false}",
                "{\"socketio\":{\"path\":\"socket.io\"}}",
                "{\"socketio\":{\"path\":\"/\"}}",
                "{\"socketio\":{\"origins\":false}}",
                "{\"socketio\":{\"pingInterval\":0}}",
                "{\"socketio\":{\"pingInterval\":\"\"}}",
                "{\"socketio\":{\"pingTimeout\":60000.5}}",
                "{\"socketio\":{\"pingTimeout\":100000000}}",
                "{\"socketio\":{\"maxHttpBufferSize\":100000000000}}",
                "{\"socketio\":{\"transports\":[\"websocket\",\"flashsocket\",\"xhr-polling\"]}}",
                "{\"socketio\":{\"transports\":[\"jsonp-polling\"]}}",
                "{\"socketio\":{\"serveClient\":\"maybe\"}}",
                "{\"socketio\":{\"cookie\":{\"name\":\"a\",\"maxAge\":\"soon\"}}}",
                "{\"socketio\":{\"cookie\":{\"sameSite\":\"any\"}}}"
            })
    void areNoticesInItsFileAndMistakesInOurs(String json) {
        assertThat(read(OLD, json).problems()).isEmpty();
        assertThat(read(OLD, json).notices()).isNotEmpty();
        assertThat(read(OURS, json).problems()).as(json).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"clients\":{}}",
                "{\"databaseConfig\":[]}",
                "{\"databaseConfig\":{\"redis\":[],\"sqlite\":[]}}",
                "{\"databaseConfig\":{\"redis\":{\"natMap\":[]}}}",
                "{\"socketio\":[]}",
                "{\"apiOriginAllow\":[]}",
                "{\"headers\":[]}",
                "{\"limits\":[]}",
                "{\"port\":6001.0}",
                "{\"devMode\":\"(true)\"}",
                "{\"host\":\"\",\"authHost\":null,\"socketio\":null,\"clients\":null,\"headers\":null}"
            })
    void needNoWordAnywhere(String json) {
        for (String name : List.of(OLD, OURS)) {
            assertThat(read(name, json)).isInstanceOf(ConfigResult.Valid.class);
            assertThat(notices(name, json)).as(name).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"port\":\"abc\"}",
                "{\"port\":70000}",
                "{\"port\":false}",
                "{\"port\":{\"a\":1}}",
                "{\"databaseConfig\":{\"redis\":{\"sentinels\":\"a:1\",\"name\":\"m\"}}}",
                "{\"headers\":{\"X-A\":\"a\\r\\nb: c\"}}",
                "{\"headers\":{\"X A\":\"a\"}}",
                "{\"apiOriginAllow\":{\"allowOrigin\":\"a\\nb\"}}",
                "{\"protocol\":\"https\"}",
                "{\"databaseConfig\":{\"redis\":{\"sentinels\":[],\"name\":\"m\"}}}",
                "{\"databaseConfig\":{\"redis\":{\"sentinels\":[{\"host\":\"a\"}]}}}",
                "{\"port\":6001",
                "\"a\"",
                ""
            })
    void thatItDoesNotStartWithEitherStayMistakes(String json) {
        assertThat(read(OLD, json).problems()).isNotEmpty();
    }

    @Test
    void areKnownByTheBeginningOfTheFilesName() {
        assertThat(read("laravel-echo-server.prod.json", "{\"protocol\":\"redis\"}")
                        .problems())
                .isEmpty();
        assertThat(read("laravel-echo-servers.json", "{\"protocol\":\"redis\"}").problems())
                .isNotEmpty();
    }

    @Test
    void ofItsVariablesAreReadAsItsFile() {
        Map<String, String> old = Map.of("LARAVEL_ECHO_SERVER_PROTO", "redis");

        assertThat(read(OLD, "{}", old).problems()).isEmpty();
        assertThat(read(OURS, "{}", old).problems()).isNotEmpty();
        assertThat(read(OLD, "{}", Map.of("ECHO_SERVER_PROTOCOL", "redis")).problems())
                .isNotEmpty();
    }

    @Test
    void areNamedWithWhatToWrite() {
        assertThat(notices(OLD, "{\"protocol\":\"redis\"}"))
                .containsExactly(
                        "laravel-echo-server.json $.protocol: is \"redis\", and counts as http. The server starts all the same, as"
                                + " laravel-echo-server did. Write \"http\" or \"https\".");
    }

    @Nested
    final class ThatItUses {
        @Test
        void makeTheSameServer() {
            assertThat(old("{\"port\":[6002]}").port()).isEqualTo(6002);
            assertThat(old("{\"protocol\":\"redis\"}").protocol()).isEqualTo(Protocol.HTTP);
            assertThat(old("{\"authEndpoint\":\"\"}").authEndpoint()).isEmpty();
            assertThat(old("{\"authHost\":\"\",\"host\":\"http://a\"}").authHosts())
                    .containsExactly("http://a");
            assertThat(old("{\"devMode\":\"true\"}").devMode()).isTrue();
            assertThat(old("{\"database\":\"memory\"}").database()).isEqualTo(Database.SQLITE);
            assertThat(old("{\"clients\":[{\"appId\":\"\",\"key\":\"\"},{\"appId\":\"a\",\"key\":\"k\"}]}")
                            .clients())
                    .containsExactly(new ApiClient("a", "k"));
            assertThat(old("{\"headers\":{\"X-A\":[\"1\",\"2\"],\"X-B\":true,\"X-C\":3}}")
                            .headers())
                    .isEqualTo(Map.of("X-A", "1, 2", "X-B", "true", "X-C", "3"));
            assertThat(old("{\"apiOriginAllow\":{\"allowCors\":1,\"allowMethods\":[\"GET\",\"POST\"]}}")
                            .apiOriginAllow())
                    .isEqualTo(new ServerConfig.ApiOriginAllow(true, "", "GET, POST", ""));
        }

        @Test
        void makeTheSameTransport() {
            assertThat(old("{\"socketio\":{\"pingInterval\":\"30000\"}}")
                            .socketio()
                            .pingInterval())
                    .isEqualTo(Duration.ofSeconds(30));
            assertThat(old("{\"socketio\":{\"pingInterval\":100000000}}")
                            .socketio()
                            .pingInterval())
                    .isEqualTo(Duration.ofDays(1));
            assertThat(old("{\"socketio\":{\"transports\":\"websocket\"}}")
                            .socketio()
                            .transports())
                    .containsExactly(Transport.WEBSOCKET);
            assertThat(old("{\"socketio\":{\"transports\":\"websocket, polling\"}}")
                            .socketio()
                            .transports())
                    .hasSize(2);
            assertThat(old("{\"socketio\":{\"path\":\"socket.io\"}}").socketio().path())
                    .isEqualTo("/socket.io");
            assertThat(old("{\"socketio\":{\"perMessageDeflate\":[]}}")
                            .socketio()
                            .perMessageDeflate()
                            .enabled())
                    .isTrue();
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                delimiter = '|',
                value = {
                    "{\"name\":\"les\",\"httpOnly\":true,\"sameSite\":\"lax\"} | les | HttpOnly; SameSite=Lax",
                    "{\"name\":\"a\",\"path\":\"/x\",\"secure\":true,\"sameSite\":\"None\"} | a | Path=/x; Secure; SameSite=None",
                    "{\"name\":\"a\",\"maxAge\":86400,\"domain\":\".a.test\"} | a | Max-Age=86400; Domain=.a.test",
                    "{\"name\":\"a\",\"sameSite\":true,\"httpOnly\":false} | a | SameSite=Strict",
                    "{\"name\":\"a; b\"} | io | ``",
                    "[] | io | ``",
                    "\"les\" | les | Path=/; HttpOnly; SameSite=Strict",
                    "\"\" | io | Path=/; HttpOnly; SameSite=Strict",
                    "null | io | Path=/; HttpOnly; SameSite=Strict"
                })
        void makeTheSameCookie(String cookie, String name, String attributes) {
            List<String> all = attributes.isEmpty() ? List.of() : List.of(attributes.split("; "));

            assertThat(old("{\"socketio\":{\"cookie\":" + cookie + "}}")
                            .socketio()
                            .cookie())
                    .contains(new Cookie(name, all));
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                delimiter = '|',
                value = {
                    "\"redis://h:s3cret@a.test:6380/2\" | a.test:6380 | 2 | true",
                    "\"rediss://:s3cret@a.test\" | a.test:6379 | 0 | true",
                    "\"a.test\" | a.test:6379 | 0 | false",
                    "\"a.test:6380\" | a.test:6380 | 0 | false",
                    "\"6380\" | 127.0.0.1:6380 | 0 | false",
                    "6380 | 127.0.0.1:6380 | 0 | false",
                    "\"/run/redis.sock\" | /run/redis.sock | 0 | false",
                    "{\"url\":\"redis://b\",\"host\":\"a.test\"} | a.test:6379 | 0 | false",
                    "[] | 127.0.0.1:6379 | 0 | false"
                })
        void nameTheSameRedis(String redis, String address, int db, boolean hasPassword) {
            RedisConfig config =
                    old("{\"databaseConfig\":{\"redis\":" + redis + "}}").redis();

            assertThat(config.address()).isEqualTo(address);
            assertThat(config.db()).isEqualTo(db);
            assertThat(config.password()).isEqualTo(hasPassword ? Optional.of("s3cret") : Optional.empty());
            assertThat(config.username()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "true,        true",
            "1,           true",
            "\"true\",    true",
            "\"false\",   true",
            "{},          true",
            "false,       false",
            "0,           false",
            "\"\",        false",
            "null,        false"
        })
        void areTrueIfJavaScriptSaysSo(String value, boolean isOn) {
            assertThat(old("{\"subscribers\":{\"redis\":" + value + "}}").subscribers())
                    .isEqualTo(new Subscribers(false, isOn));
            assertThat(notices(OLD, "{\"subscribers\":{\"redis\":" + value + "}}")
                            .isEmpty())
                    .isEqualTo(isOn && !List.of("\"false\"", "{}").contains(value));
        }

        @Test
        void areNotTrueWhereOnlyTrueItselfIs() {
            assertThat(old("{\"devMode\":\"false\"}").devMode()).isFalse();
            assertThat(old("{\"strictCompatibility\":\"false\"}").strictCompatibility())
                    .isFalse();
            assertThat(old("{\"socketio\":{\"serveClient\":\"\"}}").socketio().serveClient())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"databaseConfig\":{\"redis\":{\"options\":{\"password\":1,\"prefix\":2}}}} | its \"password\" as"
                        + " \"databaseConfig.redis.password\", its \"prefix\" as \"databaseConfig.redis.keyPrefix\"",
                "{\"options\":{\"password\":1}} | databaseConfig.redis.password",
                "{\"databaseConfig\":{\"redis\":{\"prefix\":1}}} | keyPrefix",
                "{\"databaseConfig\":{\"redis\":{\"keyprefix\":1}}} | Did you mean \"keyPrefix\"?",
                "{\"databaseConfig\":{\"redis\":{\"database\":1}}} | databaseConfig.redis.db",
                "{\"databaseConfig\":{\"host\":1}} | databaseConfig.redis.host",
                "{\"redis\":{\"host\":1,\"port\":2}} | its \"host\" as \"databaseConfig.redis.host\", its \"port\" as"
                        + " \"databaseConfig.redis.port\"",
                "{\"keyPrefix\":1} | databaseConfig.redis.keyPrefix",
                "{\"pingInterval\":1} | socketio.pingInterval",
                "{\"auth\":{\"host\":1,\"endpoint\":2}} | its \"host\" as \"authHost\", its \"endpoint\" as"
                        + " \"authEndpoint\"",
                "{\"auth_host\":1} | authHost",
                "{\"socketio\":{\"cors\":{\"origin\":1}}} | socketio.origins",
                "{\"clients\":[{\"appId\":\"a\",\"key\":\"k\",\"appkey\":1}]} | You can remove it",
                "{\"colour\":1} | You can remove it"
            })
    void withoutMeaningNameTheNearestPlace(String json, String cure) {
        assertThat(notices(OLD, json))
                .filteredOn(notice -> notice.contains("is not a known key"))
                .singleElement()
                .asString()
                .contains(cure)
                .hasSizeLessThan(250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"authAnswers\":\"larvel\"}",
                "{\"strictCompatibility\":\"maybe\"}",
                "{\"allowedOrigins\":{\"a\":1}}",
                "{\"trustedProxies\":\"10.0.0.0/33\"}",
                "{\"trustedProxies\":\"nginx\"}",
                "{\"authTls\":{\"verify\":\"x\"}}",
                "{\"management\":{\"port\":\"x\"}}",
                "{\"https\":{\"port\":\"x\"}}",
                "{\"limits\":{\"eventsPerSecond\":\"many\"}}",
                "{\"drainSeconds\":\"x\"}"
            })
    void ofKeysThatItNeverHadAreMistakesInItsFileToo(String json) {
        assertThat(read(OLD, json).problems()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"clients\":{\"appId\":\"abc\",\"key\":\"geheim\"}}",
                "{\"clients\":[\"app1:geheim\"]}",
                "{\"apps\":\"geheim\"}",
                "{\"databaseConfig\":{\"redis\":[{\"host\":\"a\",\"password\":\"geheim\"}]}}",
                "{\"databaseConfig\":[{\"redis\":{\"password\":\"geheim\"}}]}",
                "{\"databaseConfig\":\":geheim@127.0.0.1:6379\"}",
                "{\"databaseConfig\":\"geheim\"}",
                "{\"databaseConfig\":{\"redis\":{\"url\":\"127.0.0.1:geheim\"}}}",
                "{\"databaseConfig\":{\"redis\":{\"host\":\"redis://127.0.0.1:geheim\"}}}",
                "{\"database\":\"redis://:geheim@127.0.0.1\"}",
                "{\"headers\":{\"Authorization\":{\"x\":\"geheim\"}}}",
                "{\"headers\":\"geheim\"}",
                "{\"socketio\":{\"origins\":\"https://a:geheim@b.test:443\"}}"
            })
    void showNoSecret(String json) {
        for (String name : List.of(OLD, OURS)) {
            ConfigResult result = read(name, json);

            assertThat(result.problems().size() + result.notices().size()).isPositive();
            assertThat(result.problems().toString() + result.notices()).doesNotContain("geheim");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"database\":{\"a\":1}}",
                "{\"databaseConfig\":{\"redis\":{\"host\":{\"a\":1}}}}",
                "{\"databaseConfig\":{\"redis\":{\"sentinels\":\"a:1\",\"name\":\"m\"}}}"
            })
    void areNamedOnce(String json) {
        ConfigResult result = read(OLD, json);

        assertThat(result.problems().size() + result.notices().size()).isOne();
    }

    @Test
    void areNamedWithWhatCountsInstead() {
        assertThat(notices(OLD, "{\"socketio\":{\"pingInterval\":0}}"))
                .singleElement()
                .asString()
                .contains("is 0, and counts as 25000. The server starts");
    }

    @Test
    void mayStandInAFileOfAnotherEncoding() throws IOException {
        byte[] text = "{\"authHost\":\"http://a\",\"referrers\":\"f\u00fcr\"}".getBytes(StandardCharsets.ISO_8859_1);

        ConfigResult old = ConfigReader.read(ConfigInputs.of(Files.write(folder.resolve(OLD), text)))
                .result();
        ConfigResult ours = ConfigReader.read(ConfigInputs.of(Files.write(folder.resolve(OURS), text)))
                .result();

        assertThat(((ConfigResult.Valid) old).config().authHosts()).containsExactly("http://a");
        assertThat(old.notices().toString()).contains("is not UTF-8 text", "Save the file as UTF-8");
        assertThat(ours.problems().toString()).contains("is not UTF-8 text");
    }
}
