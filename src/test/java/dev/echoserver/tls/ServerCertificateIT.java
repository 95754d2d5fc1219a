package dev.echoserver.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echoserver.config.TlsConfig;
import dev.echoserver.config.TlsConfig.Version;
import dev.echoserver.testing.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and keys as OpenSSL writes them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServerCertificateIT {
    private static final String WORD = "-passout pass:se:cret$";

    @TempDir
    private static Path folder;

    private OpenSsl openssl;

    @BeforeAll
    void makeKeysAndCertificates() {
        openssl = OpenSsl.in(folder);
        openssl.run("genrsa -traditional -out rsa.key 2048");
        openssl.run("ecparam -name secp384r1 -genkey -out ec.key");
        openssl.run("genpkey -algorithm ed25519 -out ed25519.key");
        for (String kind : new String[] {"rsa", "ec", "ed25519"}) {
            openssl.run("req -x509 -new -key " + kind + ".key -out " + kind + ".pem -days 10 -subj /CN=" + kind);
        }
        openssl.run("pkcs8 -topk8 -nocrypt -in rsa.key -out rsa-pkcs8.key");
        openssl.run("pkcs8 -topk8 -nocrypt -in ec.key -out ec-pkcs8.key");
        openssl.run("pkcs8 -topk8 -in rsa.key -out rsa-pkcs8-aes.key " + WORD);
        openssl.run("pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1 -in ec.key -out ec-pkcs8-aes128.key " + WORD);
        openssl.run("pkcs8 -topk8 -v1 PBE-SHA1-3DES -in rsa.key -out rsa-pkcs8-3des.key " + WORD);
        openssl.run("pkcs8 -topk8 -in ed25519.key -out ed25519-pkcs8-aes.key " + WORD);
        openssl.run("rsa -traditional -aes256 -in rsa.key -out rsa-aes256.key " + WORD);
        openssl.run("rsa -traditional -aes128 -in rsa.key -out rsa-aes128.key " + WORD);
        openssl.run("rsa -traditional -des3 -in rsa.key -out rsa-des3.key " + WORD);
        openssl.run("ec -aes192 -in ec.key -out ec-aes192.key " + WORD);
    }

    private static ServerCertificate read(String certificate, String key) {
        return ServerCertificate.read(config(certificate, key, Optional.empty(), Optional.of("se:cret$")));
    }

    private static TlsConfig config(
            String certificate, String key, Optional<String> chain, Optional<String> passphrase) {
        return new TlsConfig(
                folder.resolve(certificate).toString(),
                folder.resolve(key).toString(),
                chain.map(name -> folder.resolve(name).toString()),
                passphrase,
                Set.of(Version.TLS_1_3),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "rsa, rsa, RSA PRIVATE KEY",
        "rsa, rsa-pkcs8, PRIVATE KEY",
        "rsa, rsa-pkcs8-aes, ENCRYPTED PRIVATE KEY",
        "rsa, rsa-pkcs8-3des, ENCRYPTED PRIVATE KEY",
        "rsa, rsa-aes256, RSA PRIVATE KEY",
        "rsa, rsa-aes128, RSA PRIVATE KEY",
        "rsa, rsa-des3, RSA PRIVATE KEY",
        "ec, ec, EC PRIVATE KEY",
        "ec, ec-pkcs8, PRIVATE KEY",
        "ec, ec-pkcs8-aes128, ENCRYPTED PRIVATE KEY",
        "ec, ec-aes192, EC PRIVATE KEY",
        "ed25519, ed25519, PRIVATE KEY",
        "ed25519, ed25519-pkcs8-aes, ENCRYPTED PRIVATE KEY"
    })
    void areReadInEveryForm(String certificate, String key, String label) {
        assertThat(openssl.content(key + ".key")).contains("-----BEGIN " + label + "-----");

        ServerCertificate read = read(certificate + ".pem", key + ".key");

        assertThat(read.own().getSubjectX500Principal().getName()).isEqualTo("CN=" + certificate);
        assertThat(read.toString()).contains("CN=" + certificate).doesNotContain("PRIVATE");
    }

    @Test
    void mayStandInOneFileBetweenOtherText() {
        openssl.write(
                "both.pem",
                "Bag Attributes: none\r\n" + openssl.content("ec.key")
                        + openssl.content("ec.pem").replace("\n", "\r\n"));

        assertThat(read("both.pem", "both.pem").chain()).hasSize(1);
    }

    @Nested
    final class Chain {
        @BeforeAll
        static void issue() {
            OpenSsl openssl = OpenSsl.in(folder).authority();
            openssl.write("ca.ext", "basicConstraints=critical,CA:TRUE\n");
            openssl.run("req -newkey rsa:2048 -nodes -keyout middle.key -out middle.csr -subj /CN=middle");
            openssl.run("x509 -req -in middle.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 10 -extfile ca.ext"
                    + " -out middle.pem");
            openssl.run("req -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN=leaf");
            openssl.run(
                    "x509 -req -in leaf.csr -CA middle.pem -CAkey middle.key -CAcreateserial -days 10 -out leaf.pem");
            openssl.write("fullchain.pem", openssl.content("leaf.pem") + openssl.content("middle.pem"));
            openssl.write(
                    "mixed.pem",
                    openssl.content("ca.pem") + openssl.content("middle.pem") + openssl.content("leaf.pem"));
        }

        private static String names(ServerCertificate certificate) {
            return String.join(
                    " ",
                    certificate.chain().stream()
                            .map(c -> c.getSubjectX500Principal().getName())
                            .toList());
        }

        @Test
        void stopsWhereTheFileEnds() {
            assertThat(names(read("leaf.pem", "leaf.key"))).isEqualTo("CN=leaf");
            assertThat(names(read("fullchain.pem", "leaf.key"))).isEqualTo("CN=leaf CN=middle");
        }

        @Test
        void comesFromAFileOfItsOwn() {
            TlsConfig config = config("leaf.pem", "leaf.key", Optional.of("middle.pem"), Optional.empty());

            assertThat(names(ServerCertificate.read(config))).isEqualTo("CN=leaf CN=middle");
        }

        @Test
        void isPutInOrder() {
            assertThat(names(read("mixed.pem", "leaf.key"))).isEqualTo("CN=leaf CN=middle CN=authority");
        }
    }

    @Nested
    final class Mistakes {
        private void assertRefused(String certificate, String key, String... explanation) {
            assertRefused(config(certificate, key, Optional.empty(), Optional.of("se:cret$")), explanation);
        }

        private void assertRefused(TlsConfig config, String... explanation) {
            assertThatThrownBy(() -> ServerCertificate.read(config))
                    .isInstanceOf(TlsException.class)
                    .hasMessageContainingAll(explanation)
                    .hasMessageMatching("(?s)ssl\\w+: " + folder + "[^\\n]+\\.\\n[^\\n]+\\.");
        }

        @Test
        void missingFile() {
            assertRefused("none.pem", "rsa.key", "sslCertPath: ", "none.pem does not exist");
            assertRefused("rsa.pem", "none.key", "sslKeyPath: ", "none.key does not exist");
        }

        @Test
        void folderInsteadOfAFile() {
            assertRefused("", "rsa.key", "cannot be read");
        }

        @Test
        void requestInsteadOfACertificate() {
            openssl.run("req -new -key rsa.key -out rsa.csr -subj /CN=rsa");

            assertRefused("rsa.csr", "rsa.key", "rsa.csr is a certificate request (CSR), not a certificate");
        }

        @Test
        void swappedFiles() {
            assertRefused("rsa.key", "rsa.pem", "sslCertPath", "holds no certificate, but: RSA PRIVATE KEY");
            assertRefused("rsa.pem", "rsa.pem", "sslKeyPath", "holds no private key, but: CERTIFICATE");
        }

        @Test
        void keyOfAnotherCertificate() {
            openssl.run("genrsa -out other.key 2048");

            assertRefused("rsa.pem", "other.key", "other.key is not the key of the certificate in ", "rsa.pem");
            assertRefused("rsa.pem", "ec.key", "ec.key is not the key of the certificate in ");
        }

        @Test
        void binaryFile() {
            openssl.run("x509 -in rsa.pem -outform der -out rsa.der");

            assertRefused("rsa.der", "rsa.key", "rsa.der is not a PEM file", "openssl x509 -inform der");
        }

        @Test
        void damagedFile() throws IOException {
            String pem = openssl.content("rsa.pem");
            Files.writeString(folder.resolve("cut.pem"), pem.substring(0, pem.length() / 2));
            Files.writeString(folder.resolve("damaged.pem"), pem.replaceFirst("\nMII", "\nABC"));

            assertRefused("cut.pem", "rsa.key", "cut.pem is not a PEM file");
            assertRefused("damaged.pem", "rsa.key", "damaged.pem holds a damaged certificate");
        }

        @ParameterizedTest
        @CsvSource({"rsa, rsa-pkcs8-aes", "rsa, rsa-pkcs8-3des", "rsa, rsa-aes256", "rsa, rsa-des3", "ec, ec-aes192"})
        void passphrase(String certificate, String key) {
            Optional<String> none = Optional.empty();
            Optional<String> wrong = Optional.of("wrong");

            assertRefused(
                    config(certificate + ".pem", key + ".key", none, none), key + ".key is encrypted", "sslPassphrase");
            assertRefused(config(certificate + ".pem", key + ".key", none, wrong), "sslPassphrase");
        }

        @Test
        void cipherThatJavaDoesNotKnow() {
            openssl.run("pkcs8 -topk8 -v2 camellia-256-cbc -in rsa.key -out camellia.key " + WORD);

            assertRefused("rsa.pem", "camellia.key", "camellia.key cannot be decrypted", "-v2 aes-256-cbc");
        }
    }
}
