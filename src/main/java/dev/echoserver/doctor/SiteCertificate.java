package dev.echoserver.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Whether browsers accept the certificate at a public address. */
final class SiteCertificate {
    private static final String ID = "proxy.tls";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofDays(14);
    private static final String WHY = "Browsers refuse the connection; the page sees only an error without a reason.";

    private final URI url;
    private final String host;
    private final Clock clock;

    SiteCertificate(URI url, Clock clock) {
        this.url = url;
        this.host = url.getHost().replaceAll("[\\[\\]]", "");
        this.clock = clock;
    }

    Finding look() {
        try {
            PeerCertificate shown = PeerCertificate.of(host, url.getPort() < 0 ? 443 : url.getPort(), PATIENCE);
            return isAccepted() ? good(shown) : bad(shown);
        } catch (IOException e) {
            return Finding.fault(
                    ID,
                    "TLS with " + host + " fails: " + e.getMessage(),
                    WHY,
                    "if the port speaks no TLS: --url http://" + url.getRawAuthority());
        }
    }

    /** By what this Java trusts, which is about what browsers do. */
    private boolean isAccepted() {
        HttpClient strict = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        try {
            strict.send(HttpRequest.newBuilder(url).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return !(e instanceof javax.net.ssl.SSLException);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Finding good(PeerCertificate shown) {
        String what = "The certificate of " + host + " is good until "
                + shown.expires().atOffset(ZoneOffset.UTC).toLocalDate();
        boolean isLong = Duration.between(clock.instant(), shown.expires()).compareTo(SOON) > 0;
        return isLong
                ? Finding.ok(ID, what)
                : Finding.warning("proxy.tls-expiring", what, "Browsers will refuse it from then on.", "certbot renew");
    }

    private Finding bad(PeerCertificate shown) {
        String whose = "The certificate of " + host + " ";
        return switch (shown.fault(host, clock)) {
            case EXPIRED -> fault("-expired", whose + "expired on " + shown.expires(), "renew it: certbot renew");
            case NOT_YET_VALID -> fault("-clock", whose + "is not valid yet", "timedatectl set-ntp true");
            case OTHER_NAME ->
                fault(
                        "-name",
                        whose + "is for " + String.join(", ", shown.names()),
                        "get one for this name: certbot --nginx -d " + host);
            case SELF_SIGNED ->
                fault(
                        "-self-signed",
                        whose + "is self-signed",
                        "get one that browsers know: certbot --nginx -d " + host);
            case INCOMPLETE ->
                fault(
                        "-chain",
                        whose + "comes without those between it and its root",
                        "nginx: name the file with the whole chain:",
                        "    ssl_certificate /etc/letsencrypt/live/" + host + "/fullchain.pem;");
            case UNKNOWN_AUTHORITY ->
                fault(
                        "-authority",
                        whose + "was issued by an authority that is not known here ("
                                + shown.own().getIssuerX500Principal() + ")",
                        "if it is your own, install its root in the browsers; else get another one:",
                        "    certbot --nginx -d " + host);
        };
    }

    private static Finding fault(String kind, String what, String... cure) {
        return Finding.fault(ID + kind, what, WHY, cure);
    }
}
