package dev.echoserver.laravel;

import static dev.echoserver.laravel.StubApplication.answer;
import static dev.echoserver.laravel.StubApplication.answerTo;
import static dev.echoserver.laravel.StubApplication.authorizer;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.echoserver.auth.Authorization;
import dev.echoserver.testing.CapturedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificate of an auth host is checked, and {@code authTls} says against what. */
final class CertificatesIT {
    private static final String UNCHECKED = ",\"authTls\":{\"verify\":false}";

    @TempDir
    Path folder = Path.of("");

    private final CapturedLog log = CapturedLog.of(FailureLog.class);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    private static HeldCertificate.Builder localhost() {
        return new HeldCertificate.Builder().commonName("localhost").addSubjectAlternativeName("localhost");
    }

    private static HeldCertificate expired() {
        return localhost().validityInterval(1_000, 2_000).build();
    }

    private static HeldCertificate ofAnotherHost() {
        return new HeldCertificate.Builder()
                .addSubjectAlternativeName("other.test")
                .build();
    }

    private String trusting(HeldCertificate... certificates) throws IOException {
        StringBuilder pem = new StringBuilder("A comment, as many PEM files have.\n");
        for (HeldCertificate certificate : certificates) {
            pem.append(certificate.certificatePem());
        }
        return ",\"authTls\":{\"ca\":\"" + Files.writeString(folder.resolve("ca.pem"), pem) + "\"}";
    }

    private static Authorization ask(HeldCertificate certificate, String more) {
        try (StubApplication application = StubApplication.overTls(certificate, answer(200, "true"));
                LaravelAuthorizer authorizer = authorizer(application.tlsUrl(), more)) {
            return answerTo(Client.program().about("private-a"), authorizer);
        }
    }

    private void assertRefused(Authorization authorization) {
        assertThat(authorization).isEqualTo(new Authorization.Denied(0, Trouble.TLS.cause()));
        assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .contains("authTls.ca", "authTls.verify", "host=https://localhost:");
    }

    @Test
    void selfSignedIsRefused() {
        assertRefused(ask(localhost().build(), ""));
    }

    @Test
    void selfSignedIsAcceptedIfNamed() throws IOException {
        HeldCertificate certificate = localhost().build();

        assertThat(ask(certificate, trusting(certificate))).isInstanceOf(Authorization.Granted.class);
    }

    @Test
    void ofAnAuthorityIsAcceptedIfThatIsNamed() throws IOException {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate other =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate certificate = localhost().signedBy(authority).build();

        assertThat(ask(certificate, trusting(other, authority))).isInstanceOf(Authorization.Granted.class);
        assertRefused(ask(certificate, trusting(other)));
    }

    @Test
    void expiredIsRefusedEvenIfNamed() throws IOException {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate certificate =
                localhost().validityInterval(1_000, 2_000).signedBy(authority).build();

        assertRefused(ask(certificate, trusting(authority)));
    }

    @Test
    void ofAnotherHostIsRefusedEvenIfNamed() throws IOException {
        HeldCertificate certificate = ofAnotherHost();

        assertRefused(ask(certificate, trusting(certificate)));
    }

    @Test
    void isNotLookedAtWithoutVerification() {
        assertThat(ask(localhost().build(), UNCHECKED)).isInstanceOf(Authorization.Granted.class);
        assertThat(ask(expired(), UNCHECKED)).isInstanceOf(Authorization.Granted.class);
        assertThat(ask(ofAnotherHost(), UNCHECKED)).isInstanceOf(Authorization.Granted.class);
    }

    @Test
    void isMissingWhereTheHostSpeaksPlainHttp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LaravelAuthorizer authorizer = authorizer("https://localhost:" + server.getLocalPort(), "")) {
            CompletableFuture<Void> refusal = CompletableFuture.runAsync(() -> refuse(server));
            assertRefused(answerTo(Client.program().about("private-a"), authorizer));
            refusal.join();
        }

        assertThat(log.lines(Level.WARN).get(0)).contains("http://");
    }

    /** Answers whatever comes first as web servers answer TLS on a port without it. */
    private static void refuse(ServerSocket server) {
        try (Socket connection = server.accept()) {
            assertThat(connection.getInputStream().read()).isPositive();
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void opensTheWayForHttp2() throws IOException {
        HeldCertificate certificate = localhost().build();
        try (StubApplication application = StubApplication.overTls(certificate, answer(200, "true"));
                LaravelAuthorizer authorizer = authorizer(application.tlsUrl(), trusting(certificate))) {
            answerTo(Client.program().with("Cookie", "a=1").about("private-a"), authorizer);
            answerTo(Client.program().about("private-b"), authorizer);

            RecordedRequest first = application.next();
            assertThat(first.getVersion()).isEqualTo("HTTP/2");
            assertThat(first.getHeaders().get("cookie")).isEqualTo("a=1");
            assertThat(first.getBody().utf8()).isEqualTo("channel_name=private-a&socket_id=12.34");
            assertThat(application.next().getConnectionIndex()).isEqualTo(first.getConnectionIndex());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n"})
    void thatCannotBeReadEndTheStart(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), content);

        assertThatThrownBy(() -> authorizer("https://localhost", ",\"authTls\":{\"ca\":\"" + file + "\"}"))
                .isInstanceOf(AuthTlsException.class)
                .hasMessageContainingAll("authTls.ca: ", file.toString(), "PEM");
    }

    @Test
    void thatAreNotThereEndTheStart() {
        assertThatThrownBy(() -> authorizer("https://localhost", ",\"authTls\":{\"ca\":\"/nowhere/ca.pem\"}"))
                .isInstanceOf(AuthTlsException.class)
                .hasMessageContaining("/nowhere/ca.pem");
    }
}
