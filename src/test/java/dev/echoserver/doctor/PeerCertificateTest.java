package dev.echoserver.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.doctor.PeerCertificate.Fault;
import dev.echoserver.testing.OpenSsl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerCertificateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Clock NOW = Clock.systemUTC();

    @TempDir
    private Path folder;

    private OpenSsl openssl;

    @BeforeEach
    void prepare() {
        openssl = OpenSsl.in(folder).authority().issue("site");
    }

    private static PeerCertificate shownBy(FixedApplication server) throws IOException {
        return PeerCertificate.of("127.0.0.1", server.port(), PATIENCE);
    }

    @Test
    void tellsWhatIsWrongWithACertificate() throws IOException {
        try (FixedApplication server = FixedApplication.withCertificate(openssl, "site")) {
            PeerCertificate shown = shownBy(server);

            assertThat(shown.names()).containsExactlyInAnyOrder("127.0.0.1", "localhost");
            assertThat(shown.fault("localhost", NOW)).isEqualTo(Fault.INCOMPLETE);
            assertThat(shown.fault("app.example.com", NOW)).isEqualTo(Fault.OTHER_NAME);
            assertThat(shown.fault("localhost", Clock.offset(NOW, Duration.ofDays(20))))
                    .isEqualTo(Fault.EXPIRED);
            assertThat(shown.fault("localhost", Clock.offset(NOW, Duration.ofDays(-20))))
                    .isEqualTo(Fault.NOT_YET_VALID);
        }
    }

    @Test
    void tellsACertificateThatIssuedItself() throws IOException {
        openssl.run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout own.key -out own.pem"
                + " -days 3 -subj /CN=own -addext subjectAltName=DNS:*.example.com");
        try (FixedApplication server = FixedApplication.withCertificate(openssl, "own")) {
            assertThat(shownBy(server).fault("app.example.com", NOW)).isEqualTo(Fault.SELF_SIGNED);
            assertThat(shownBy(server).fault("example.com", NOW)).isEqualTo(Fault.OTHER_NAME);
        }
    }
}
