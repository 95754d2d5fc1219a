package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.echoserver.config.Pem;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisTlsConfig;
import dev.echoserver.testing.CapturedLog;
import dev.echoserver.testing.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis that speaks TLS alone. */
final class RedisTlsIT {
    @TempDir
    Path folder;

    private final CapturedLog log = CapturedLog.of(RedisSubscription.class);
    private RedisServers servers;
    private Certificates certificates;

    @BeforeEach
    void issueCertificates() {
        servers = new RedisServers(folder);
        certificates = new Certificates(folder);
        certificates.issue("redis", "DNS:localhost,DNS:redis.test");
    }

    @AfterEach
    void stop() {
        servers.close();
        log.close();
    }

    @Nested
    final class Works {

        @Test
        void asAnAclUserThroughAllThatTheServerDoes() {
            RedisServers.Node node = redis("no");
            RedisConfig settings = at("localhost", node)
                    .withTls(certificates.trusted())
                    .withCredentials(Optional.of("echo"), "s3:cr@t")
                    .withKeyPrefix("app_");
            servers.allow(node, settings, "--tls", "--cacert", certificates.ca().toString());

            TopologyChecks.everythingWorks(settings);
        }

        @Test
        void withACertificateOfItsOwnAsTextOrAsFile() throws IOException {
            certificates.issue("echo", "DNS:echo.test");
            RedisServers.Node node = redis("yes");

            for (RedisTlsConfig tls : List.of(
                    withOwn(
                            certificates.certificate("echo").toString(),
                            certificates.key("echo").toString()),
                    withOwn(
                            Files.readString(certificates.certificate("echo"), UTF_8),
                            Files.readString(certificates.key("echo"), UTF_8)))) {
                TopologyChecks.broadcastsArrive(at("localhost", node).withTls(tls));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ec -in echo.key -out form.key",
                    "ec -aes256 -in echo.key -out form.key -passout pass:se:cret$",
                    "pkcs8 -topk8 -in echo.key -out form.key -passout pass:se:cret$"
                })
        void withAKeyInWhateverFormOpenSslWritesIt(String conversion) {
            certificates.issue("echo", "DNS:echo.test");
            OpenSsl.in(folder).run(conversion);
            RedisConfig settings = at("localhost", redis("yes"));

            TopologyChecks.broadcastsArrive(settings.withTls(withOwn(
                    certificates.certificate("echo").toString(),
                    certificates.key("form").toString())));
        }

        @Test
        void underAnotherNameIfItIsTold() {
            RedisServers.Node node = redis("no");

            TopologyChecks.broadcastsArrive(at(RedisServers.HOST, node)
                    .withTls(new RedisTlsConfig(
                            Optional.of(pem(certificates.ca())),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("redis.test"),
                            true)));
        }

        @Test
        void uncheckedIfThatIsAskedFor() {
            RedisServers.Node node = redis("no");

            TopologyChecks.broadcastsArrive(at(RedisServers.HOST, node)
                    .withTls(new RedisTlsConfig(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            false)));
        }

        private RedisTlsConfig withOwn(String certificate, String key) {
            return new RedisTlsConfig(
                    Optional.of(pem(certificates.ca())),
                    Optional.of(Pem.of(certificate)),
                    Optional.of(Pem.of(key)),
                    Optional.of("se:cret$"),
                    Optional.empty(),
                    true);
        }
    }

    @Nested
    final class SaysInOneLine {

        @Test
        void thatTheAuthorityIsUnknown() {
            RedisConfig settings = at("localhost", redis("no")).withTls(RedisTlsConfig.DEFAULT);

            assertThat(warning(settings)).contains("certification path", "databaseConfig.redis.tls.ca");
        }

        @Test
        void thatTheNameIsAnotherOne() {
            RedisConfig settings = at(RedisServers.HOST, redis("no")).withTls(certificates.trusted());

            assertThat(warning(settings)).contains("127.0.0.1", "databaseConfig.redis.tls.servername");
        }

        @Test
        void thatRedisAsksForACertificate() {
            RedisConfig settings = at("localhost", redis("yes")).withTls(certificates.trusted());

            assertThat(warning(settings)).contains("databaseConfig.redis.tls.cert");
        }

        @Test
        void thatItsOwnKeyCannotBeDecrypted() {
            certificates.issue("echo", "DNS:echo.test");
            OpenSsl.in(folder).run("pkcs8 -topk8 -in echo.key -out form.key -passout pass:se:cret$");
            RedisTlsConfig tls = new RedisTlsConfig(
                    Optional.empty(),
                    Optional.of(pem(certificates.certificate("echo"))),
                    Optional.of(pem(certificates.key("form"))),
                    Optional.of("wrong"),
                    Optional.empty(),
                    true);

            assertThat(warning(at("localhost", redis("yes")).withTls(tls)))
                    .contains(
                            "databaseConfig.redis.tls.key: ",
                            "form.key cannot be decrypted",
                            "Check \"databaseConfig.redis.tls.passphrase\"")
                    .doesNotContain("\n");
        }

        @Test
        void thatRedisSpeaksNoTls() {
            RedisConfig settings = at("localhost", servers.start()).withTls(certificates.trusted());

            assertThat(warning(settings))
                    .containsPattern("speaks? no TLS on this port"); // Sure, if Redis says so first.
        }

        @Test
        void thatRedisSpeaksNothingElse() {
            RedisConfig settings = at("localhost", redis("no"));

            assertThat(warning(settings)).contains("\"tls\": {}");
        }

        private String warning(RedisConfig settings) {
            try (SourceUnderTest source = SourceUnderTest.openWithoutWaiting(settings)) {
                await().until(() -> !log.lines(Level.WARN).isEmpty());
                assertThat(source.isListening()).isFalse();
                assertThat(log.lines(Level.WARN)).hasSize(1);
                return log.lines(Level.WARN).get(0);
            }
        }
    }

    private RedisServers.Node redis(String asksForCertificate, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--tls-cert-file", certificates.certificate("redis").toString(),
                "--tls-key-file", certificates.key("redis").toString(),
                "--tls-ca-cert-file", certificates.ca().toString(),
                "--tls-auth-clients", asksForCertificate));
        options.addAll(List.of(more));
        return servers.startTls(options.toArray(String[]::new));
    }

    private static RedisConfig at(String host, RedisServers.Node node) {
        return RedisConfig.of(host, node.at().port());
    }

    private static Pem pem(Path file) {
        return Pem.of(file.toString());
    }
}
