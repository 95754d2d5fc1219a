package dev.echoserver.laravel;

import dev.echoserver.config.AuthTlsConfig;
import dev.echoserver.doctor.Finding;
import dev.echoserver.doctor.PeerCertificate;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/** Why TLS with an auth host failed: looks at its certificate once more, without refusing it. */
record AuthTlsFinding(HttpUrl url, AuthTlsConfig tls, Clock clock) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String FILE = "/etc/echo-server/auth-host.pem";
    private static final String WHY = "The server does not talk to a host that may be another one, so nobody can join"
            + " a private or presence channel.";

    /** @param reason what the first attempt said */
    Finding of(String reason) {
        try {
            PeerCertificate certificate = PeerCertificate.of(url.host(), url.port(), PATIENCE);
            return explained(certificate, certificate.fault(url.host(), clock));
        } catch (IOException e) {
            return finding("auth.tls", Trouble.TLS.cause() + " (" + reason + ")", Trouble.TLS.cure());
        }
    }

    private Finding explained(PeerCertificate certificate, PeerCertificate.Fault fault) {
        String whose = "The certificate of " + Exchange.site(url) + " ";
        return switch (fault) {
            case EXPIRED ->
                finding(
                        "auth.tls-expired",
                        whose + "expired on " + certificate.expires(),
                        "renew it there: certbot renew");
            case NOT_YET_VALID ->
                finding(
                        "auth.tls-clock",
                        whose + "is not valid yet",
                        "set the clock of this machine: timedatectl set-ntp true");
            case OTHER_NAME ->
                finding(
                        "auth.tls-name",
                        whose + "is for " + String.join(", ", certificate.names()),
                        "write a name of the certificate into authHost:",
                        "    \"authHost\": \"" + url.scheme() + "://"
                                + certificate.names().stream().findFirst().orElse("app.example.com") + "\"");
            case SELF_SIGNED -> trust("auth.tls-self-signed", whose + "is self-signed", "save it and trust it:");
            case INCOMPLETE ->
                trust(
                        "auth.tls-chain",
                        whose + "comes without those between it and its root ("
                                + certificate.own().getIssuerX500Principal() + ")",
                        "let its web server send the whole chain (nginx: ssl_certificate …/fullchain.pem), or trust it here:");
            case UNKNOWN_AUTHORITY ->
                trust(
                        "auth.tls-authority",
                        whose + "was issued by an authority that is not known here",
                        "save its chain and trust it:");
        };
    }

    private Finding trust(String id, String what, String first) {
        String at = url.host() + ":" + url.port();
        return finding(
                id,
                what,
                first,
                "    openssl s_client -connect " + at + " -servername " + url.host() + " -showcerts </dev/null | sed -n"
                        + " '/BEGIN/,/END/p' > " + FILE,
                "    \"authTls\": { \"ca\": \"" + FILE + "\" }");
    }

    private static Finding finding(String id, String what, String... cure) {
        return new Finding(id, Finding.Level.FAULT, what, WHY, new ArrayList<>(List.of(cure)));
    }
}
