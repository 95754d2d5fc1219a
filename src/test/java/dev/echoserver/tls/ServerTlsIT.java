package dev.echoserver.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.config.TlsConfig;
import dev.echoserver.testing.CapturedLog;
import dev.echoserver.testing.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When files that change are taken over. */
final class ServerTlsIT {
    @TempDir
    private Path folder;

    private final CapturedLog log = CapturedLog.of(ServerTls.class);
    private OpenSsl openssl;
    private ServerTls tls;

    @BeforeEach
    void open() throws IOException {
        openssl = OpenSsl.in(folder).authority().issue("first").issue("second");
        use("first", "pem");
        use("first", "key");
        tls = ServerTls.unwatched(config(openssl.settings("live")));
    }

    @AfterEach
    void stopCapturing() {
        tls.close();
        log.close();
    }

    private static TlsConfig config(String settings) {
        return ServerConfig.of("{\"protocol\":\"https\"," + settings + "}")
                .tls()
                .orElseThrow();
    }

    private void use(String name, String extension) throws IOException {
        Files.copy(
                openssl.file(name + "." + extension),
                openssl.file("live." + extension),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            tls.look();
        }
    }

    /** The names in the certificates that came into use, in order. */
    private List<String> used() {
        return log.lines(Level.INFO).stream()
                .map(line -> line.replaceFirst(".*CN=(\\w+).*", "$1"))
                .toList();
    }

    @Test
    void unchangedFilesAreReadOnce() {
        look(3);

        assertThat(used()).containsExactly("first");
    }

    @Test
    void bothFilesAreTakenOverOnceTheyHaveSettled() throws IOException {
        use("second", "pem");
        use("second", "key");

        look(1);
        assertThat(used()).containsExactly("first");
        look(3);
        assertThat(used()).containsExactly("first", "second");
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    void aPairThatDoesNotMatchIsRefusedOnceAndTheNextOneTaken() throws IOException {
        use("second", "pem");
        look(4);

        assertThat(used()).containsExactly("first");
        assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .contains("the old one stays", "live.key is not the key of the certificate in");

        use("second", "key");
        look(2);
        assertThat(used()).containsExactly("first", "second");
    }

    @Test
    void filesThatAreGoneForAMomentChangeNothing() throws IOException {
        Files.delete(openssl.file("live.pem"));
        look(3);
        use("first", "pem");
        look(3);

        assertThat(log.lines(Level.WARN)).singleElement().asString().contains("live.pem does not exist");
        assertThat(used()).containsOnly("first");
    }

    /** As certbot and Kubernetes do it. */
    @Test
    void aLinkThatPointsElsewhereIsAChange() throws IOException {
        Files.createSymbolicLink(openssl.file("link.pem"), openssl.file("first.pem"));
        Files.createSymbolicLink(openssl.file("link.key"), openssl.file("first.key"));
        try (ServerTls linked = ServerTls.unwatched(config(openssl.settings("link")))) {
            for (String extension : List.of("pem", "key")) {
                Path next = Files.createSymbolicLink(openssl.file("next"), openssl.file("second." + extension));
                Files.move(next, openssl.file("link." + extension), StandardCopyOption.REPLACE_EXISTING);
            }
            linked.look();
            linked.look();
        }
        assertThat(used()).containsExactly("first", "first", "second");
    }

    @Test
    void anExpiredCertificateIsUsedWithAWarning() {
        HeldCertificate expired =
                new HeldCertificate.Builder().validityInterval(1_000, 2_000).build();
        openssl.write("expired.pem", expired.certificatePem());
        openssl.write("expired.key", expired.privateKeyPkcs8Pem());

        tls.reload(config(openssl.settings("expired")));

        assertThat(log.lines(Level.WARN)).singleElement().asString().contains("renew it", "1970");
    }

    @Test
    void reloadTakesOtherFilesAtOnceOrKeepsTheOldOnes() {
        assertThatThrownBy(() -> tls.reload(config(openssl.settings("none")))).isInstanceOf(TlsException.class);
        look(3);
        tls.reload(config(openssl.settings("second")));

        assertThat(used()).containsExactly("first", "second");
        assertThat(log.lines(Level.WARN)).isEmpty();
    }
}
