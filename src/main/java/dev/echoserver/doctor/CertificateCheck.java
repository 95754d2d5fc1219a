package dev.echoserver.doctor;

import dev.echoserver.config.TlsConfig;
import dev.echoserver.tls.ServerCertificate;
import dev.echoserver.tls.TlsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Whether the server's own certificate and key can be used, and for how long. */
final class CertificateCheck {
    private static final String ID = "tls";
    private static final Duration SOON = Duration.ofDays(14);
    private static final String RENEW = "renew it: certbot renew (the server uses the new files without a restart)";

    private final TlsConfig config;
    private final Clock clock;

    CertificateCheck(TlsConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    Check check() {
        return Check.of(ID, "the certificate of this server", () -> List.of(look()));
    }

    private Finding look() {
        try {
            return judge(ServerCertificate.read(config));
        } catch (TlsException e) {
            String[] lines = String.valueOf(e.getMessage()).split("\n", 2);
            return Finding.fault(
                    "tls.files",
                    lines[0].replaceFirst("\\.$", ""),
                    "The server cannot start with it.",
                    lines.length > 1 ? lines[1] : "correct sslCertPath and sslKeyPath");
        }
    }

    private Finding judge(ServerCertificate certificate) {
        Instant expires = certificate.own().getNotAfter().toInstant();
        String what = "The certificate in " + config.certPath();
        Duration left = Duration.between(clock.instant(), expires);
        if (left.isNegative()) {
            return Finding.fault("tls.expired", what + " expired on " + day(expires), "Browsers refuse it.", RENEW);
        }
        return left.compareTo(SOON) < 0
                ? Finding.warning(
                        "tls.expiring",
                        what + " expires on " + day(expires),
                        "Browsers will refuse it from then on.",
                        RENEW)
                : Finding.ok(ID, what + " fits its key and is good until " + day(expires));
    }

    private static String day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
