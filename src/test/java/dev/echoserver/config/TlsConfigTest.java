package dev.echoserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.config.ServerConfig.Protocol;
import dev.echoserver.config.TlsConfig.Version;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsConfigTest {
    private static final String FILES = "\"sslCertPath\":\"/c.pem\",\"sslKeyPath\":\"/k.pem\"";

    private static TlsConfig tls(String members) {
        return ServerConfig.of("{" + FILES + "," + members + "}").tls().orElseThrow();
    }

    private static List<String> problems(String json) {
        return ConfigReader.parse(json).problems().stream()
                .map(ConfigIssue::toString)
                .toList();
    }

    @Test
    void isThereIfAPortSpeaksTls() {
        assertThat(ServerConfig.of("{" + FILES + "}").tls()).isEmpty();
        assertThat(ServerConfig.of("{" + FILES + ",\"https\":{\"port\":null}}").tls())
                .isEmpty();
        assertThat(ServerConfig.of("{" + FILES + ",\"protocol\":\"https\"}").protocol())
                .isEqualTo(Protocol.HTTPS);
        assertThat(tls("\"protocol\":\"https\"").port()).isEmpty();
        assertThat(tls("\"https\":{\"port\":6443}").port()).contains(6443);
    }

    @Test
    void needsCertificateAndKey() {
        assertThat(problems("{\"protocol\":\"https\",\"sslCertPath\":\"/c.pem\"}"))
                .containsExactly("$.sslKeyPath: is missing, and $.protocol asks for TLS. Write the path of a PEM file,"
                        + " such as \"/etc/letsencrypt/live/app.example.com/privkey.pem\".");
        assertThat(problems("{\"https\":{\"port\":6443}}"))
                .hasSize(2)
                .allMatch(problem -> problem.contains("$.https.port asks for TLS"));
    }

    /** Numbers as laravel-echo-server wrote them, and all of OpenSSL's options at once. */
    @ParameterizedTest
    @CsvSource({
        "67108864, TLS_1_2 TLS_1_3",
        "'\"67108864\"', TLS_1_2 TLS_1_3",
        "0, TLS_1_2 TLS_1_3",
        "335544320, TLS_1_2 TLS_1_3",
        "201326592, TLS_1_3",
        "536870912, TLS_1_2",
        "2147486719, TLS_1_2 TLS_1_3",
    })
    void mapsSecureOptionsToVersions(String options, String versions) {
        assertThat(tls("\"protocol\":\"https\",\"secureOptions\":" + options).versions())
                .containsExactlyInAnyOrderElementsOf(List.of(versions.split(" ")).stream()
                        .map(Version::valueOf)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"671088640", "-1", "1.5", "\"SSL_OP_NO_TLSv1\"", "4294967296", "true"})
    void refusesSecureOptionsThatLeaveNoVersionOrAreNoNumber(String options) {
        assertThat(problems("{\"secureOptions\":" + options + "}"))
                .singleElement()
                .asString()
                .startsWith("$.secureOptions: is " + options)
                .contains("67108864");
    }

    @Test
    void hidesThePassphrase() {
        assertThat(tls("\"protocol\":\"https\",\"sslPassphrase\":\"hunter2\"").toString())
                .contains("/c.pem", "/k.pem")
                .doesNotContain("hunter2");
    }

    @Test
    void namesWhatNeedsARestart() {
        ServerConfig before = ServerConfig.of("{" + FILES + ",\"protocol\":\"https\"}");
        ServerConfig after = ServerConfig.of("{\"sslCertPath\":\"/d.pem\",\"sslKeyPath\":\"/k.pem\",\"devMode\":true,"
                + "\"https\":{\"port\":1},\"authHost\":\"http://a\",\"databaseConfig\":{\"redis\":{\"port\":1}}}");

        assertThat(before.restartsFor(before)).isEmpty();
        assertThat(before.restartsFor(after)).containsExactly("authHost", "databaseConfig", "https.port", "protocol");
    }
}
