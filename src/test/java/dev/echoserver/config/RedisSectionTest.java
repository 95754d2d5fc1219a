package dev.echoserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisSectionTest {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----";

    private static RedisConfig read(String redis) {
        return ServerConfig.of(file(redis)).redis();
    }

    private static String file(String redis) {
        return "{\"databaseConfig\":{\"redis\":" + redis.replace('\'', '"') + "}}";
    }

    private static List<String> problems(String redis) {
        return ConfigReader.parse(file(redis)).problems().stream()
                .map(ConfigIssue::toString)
                .toList();
    }

    private static List<String> notices(String redis) {
        return ConfigReader.parse(file(redis)).notices().stream()
                .map(ConfigIssue::toString)
                .toList();
    }

    @Nested
    final class Urls {

        @ParameterizedTest
        @CsvSource({
            "redis://r,                  r:6379,        false, , , 0",
            "redis://r:6380/2,           r:6380,        false, , , 2",
            "rediss://r,                 r:6379,        true,  , , 0",
            "tls://r:6380?timeout=5,     r:6380,        true,  , , 0",
            "tcp://10.0.0.1/,            10.0.0.1:6379, false, , , 0",
            "redis://[::1]:7000,         [::1]:7000,    false, , , 0",
            "redis://:p@r,               r:6379,        false, , p, 0",
            "redis://echo:p%40s%3as%25@r,r:6379,        false, echo, p@s:s%, 0",
            "redis://echo:$a/b:c@d+e@r,  r:6379,        false, echo, $a/b:c@d+e, 0",
            "redis://echo:100%@r,        r:6379,        false, echo, 100%, 0",
            "unix:///run/redis.sock,     /run/redis.sock, false, , , 0",
        })
        void areUnderstoodWithTheirPasswords(
                String url, String address, boolean tls, String user, String password, int db) {
            RedisConfig config = read("{'url':'" + url + "'}");

            assertThat(config.address()).isEqualTo(address);
            assertThat(config.tls().isPresent()).isEqualTo(tls);
            assertThat(config.login())
                    .isEqualTo(new RedisLogin(Optional.ofNullable(user), Optional.ofNullable(password)));
            assertThat(config.db()).isEqualTo(db);
            assertThat(RedisConfig.ofUrl(url)).isEqualTo(config);
        }

        @Test
        void mayStandForTheHostAsPhpredisHasIt() {
            RedisConfig config = read("{'host':'tls://r','port':6380,'password':'p'}");

            assertThat(config.address()).isEqualTo("r:6380");
            assertThat(config.tls()).contains(RedisTlsConfig.DEFAULT);
            assertThat(config.password()).contains("p");
        }

        @Test
        void winOverTheirParts() {
            String redis = "{'url':'redis://:u@r:1/3','host':'h','port':2,'password':'p','db':4}";

            assertThat(read(redis)).isEqualTo(RedisConfig.ofUrl("redis://:u@r:1/3"));
            assertThat(notices(redis)).hasSize(4).allMatch(notice -> notice.contains("\"url\" says it"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://me:hunter2@r", "redis://me:hunter2@", "redis://me:hunter2@r:70000", "hunter2"})
        void ofAnotherKindAreAProblemThatDoesNotShowThem(String url) {
            assertThat(problems("{'url':'" + url + "'}"))
                    .singleElement()
                    .asString()
                    .contains("$.databaseConfig.redis.url", "rediss://");
            assertThat(problems("{'url':'" + url + "'}").toString().replace("\"hunter2\"", ""))
                    .doesNotContain("hunter2");
        }
    }

    @Nested
    final class Tls {

        @Test
        void isOnForTrueAndForAnEmptyObject() {
            assertThat(read("{'tls':true}").tls()).contains(RedisTlsConfig.DEFAULT);
            assertThat(read("{'tls':{}}").tls()).contains(RedisTlsConfig.DEFAULT);
            assertThat(read("{'tls':false}").tls()).isEmpty();
            assertThat(read("{'tls':null}").tls()).isEmpty();
        }

        @Test
        void takesTheTextOfCertificatesOrTheirFiles(@TempDir Path folder) throws IOException {
            Path file = folder.resolve("ca.pem");
            Files.writeString(file, CERTIFICATE.replace("\\n", "\n"));

            RedisTlsConfig tls = read("{'tls':{'ca':['" + CERTIFICATE + "','" + file + "'],'servername':'r'}}")
                    .tls()
                    .orElseThrow();

            assertThat(tls.ca().orElseThrow().text().lines()).hasSize(6);
            assertThat(tls.servername()).contains("r");
            assertThat(tls.verify()).isTrue();
            assertThat(tls.toString()).doesNotContain("MIIB");
        }

        @Test
        void isNoticedIfItDoesNotCheck() {
            String redis = "{'tls':{'rejectUnauthorized':false}}";

            assertThat(read(redis).tls().orElseThrow().verify()).isFalse();
            assertThat(notices(redis)).singleElement().asString().contains("read and change everything", "\"ca\"");
        }

        @Test
        void needsWhatIsThere(@TempDir Path folder) throws IOException {
            Path old = Files.writeString(folder.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\n");

            assertThat(problems("{'tls':{'ca':'/no/such.pem'}}"))
                    .singleElement()
                    .asString()
                    .contains("$.databaseConfig.redis.tls.ca: cannot be read: /no/such.pem");
            assertThat(problems("{'tls':{'ca':'" + old + "'}}"))
                    .singleElement()
                    .asString()
                    .contains("holds no certificate");
            assertThat(problems("{'tls':{'cert':'" + CERTIFICATE + "'}}"))
                    .singleElement()
                    .asString()
                    .contains("tls.key: is missing");
            assertThat(problems("{'tls':{'cert':'" + CERTIFICATE + "','key':'" + old + "'}}"))
                    .isEmpty();
            assertThat(problems("{'tls':'yes please'}")).hasSize(1);
        }
    }

    @Nested
    final class Sentinels {

        @Test
        void areAskedForTheMaster() {
            RedisConfig config = read("""
                    {'sentinels':[{'host':'a'},{'host':'b','port':5000}],'name':'mymaster','sentinelPassword':'s',
                     'password':'p','host':'unused','tls':{},'enableTLSForSentinelMode':true,'sentinelTLS':{},
                     'natMap':{'10.0.0.1:6379':{'host':'outside','port':7000}}}
                    """);

            assertThat(config.place())
                    .isEqualTo(new RedisPlace.Sentinels(
                            List.of(new HostPort("a", 26_379), new HostPort("b", 5000)),
                            "mymaster",
                            new RedisLogin(Optional.empty(), Optional.of("s")),
                            Optional.of(RedisTlsConfig.DEFAULT)));
            assertThat(config.natMap()).containsEntry(new HostPort("10.0.0.1", 6379), new HostPort("outside", 7000));
            assertThat(config.address()).isEqualTo("mymaster of Sentinel a:26379,b:5000");
        }

        @Test
        void needANameAndAddresses() {
            assertThat(problems("{'sentinels':[{'host':'a'}]}"))
                    .singleElement()
                    .asString()
                    .contains("mymaster");
            assertThat(problems("{'sentinels':[],'name':'m'}")).hasSize(1);
            assertThat(problems("{'sentinels':[{'port':1}],'name':'m'}"))
                    .singleElement()
                    .asString()
                    .contains("[0].host");
            assertThat(problems("{'sentinels':[{'host':'a'}],'name':'m','tls':{},'enableTLSForSentinelMode':false}"))
                    .hasSize(1);
            assertThat(notices("{'sentinels':[{'host':'a'}],'name':'m','role':'slave'}"))
                    .hasSize(1);
        }
    }

    @Nested
    final class Clusters {

        @Test
        void areKnownBySomeNodesOrByOneNameForAll() {
            assertThat(read("{'cluster':[{'host':'a'},{'host':'b','port':7001}]}")
                            .place())
                    .isEqualTo(new RedisPlace.Cluster(List.of(new HostPort("a", 6379), new HostPort("b", 7001))));
            assertThat(read("{'cluster':true,'url':'rediss://c:7002'}").place())
                    .isEqualTo(new RedisPlace.Cluster(List.of(new HostPort("c", 7002))));
            assertThat(read("{'cluster':false}").address()).isEqualTo("127.0.0.1:6379");
        }

        @Test
        void haveOneDatabase() {
            assertThat(problems("{'cluster':true,'db':1}"))
                    .singleElement()
                    .asString()
                    .contains(".db: is 1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'path':'/r.sock','cluster':true}",
                "{'path':'/r.sock','sentinels':[{'host':'a'}],'name':'m'}",
                "{'sentinels':[{'host':'a'}],'name':'m','cluster':true}",
                "{'path':'/r.sock','tls':{}}"
            })
    void waysThatContradictEachOtherAreAProblem(String redis) {
        assertThat(problems(redis)).singleElement().asString().contains("contradicts", "Remove");
    }

    @Test
    void hostAndPortMayStandBesideAnotherWay() {
        assertThat(notices("{'host':'127.0.0.1','port':6379,'path':'/r.sock'}")).isEmpty();
        assertThat(notices("{'host':'a','port':1,'sentinels':[{'host':'b'}],'name':'m'}"))
                .isEmpty();
    }

    @Test
    void optionsWithoutEffectAreNamed() {
        assertThat(notices(
                        "{'family':4,'maxRetriesPerRequest':null,'keepAlive':1,'connectTimeout':1,'lazyConnect':true}"))
                .hasSize(4);
        assertThat(read("{'connectionName':'shop'}").connectionName()).isEqualTo("shop");
    }
}
