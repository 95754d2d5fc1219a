package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads {@code tls} and {@code sentinelTLS}: what ioredis hands to {@code tls.connect} of Node. */
final class RedisTlsSection {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY-----";
    private static final String[] DETAILS = {
        "ALPNProtocols",
        "checkServerIdentity",
        "ciphers",
        "ecdhCurve",
        "host",
        "maxVersion",
        "minDHSize",
        "minVersion",
        "port",
        "secureProtocol",
        "session"
    };

    private final Section section;
    private final Findings findings;

    private RedisTlsSection(Section section, Findings findings) {
        this.section = section;
        this.findings = findings;
    }

    /** {@code true} and <code>{}</code> mean TLS as for any public server; {@code false} means none. */
    static Optional<RedisTlsConfig> read(Section parent, String key, Findings findings) {
        JsonNode value = parent.value(key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!parent.isObject(key)) {
            return parent.truth(key, false) ? Optional.of(RedisTlsConfig.DEFAULT) : Optional.empty();
        }
        return Optional.of(new RedisTlsSection(parent.section(key), findings).read());
    }

    private RedisTlsConfig read() {
        Optional<Pem> cert = pem("cert", CERTIFICATE);
        Optional<Pem> key = pem("key", PRIVATE_KEY);
        if (cert.isPresent() != key.isPresent()) {
            String missing = cert.isPresent() ? "key" : "cert";
            findings.problem(section.pathOf(missing), "is missing", "Write both \"cert\" and \"key\", or none of them");
        }
        RedisTlsConfig tls = new RedisTlsConfig(
                pem("ca", CERTIFICATE),
                cert,
                key,
                section.text("passphrase"),
                section.text("servername"),
                section.truth("rejectUnauthorized", true));
        if (!tls.verify()) {
            findings.notice(
                    section.pathOf("rejectUnauthorized"),
                    "is false: whoever is between this server and Redis can read and change everything",
                    "Name the certificate of your CA in \"ca\" instead");
        }
        section.ignored("it is a detail of Node", DETAILS);
        section.close();
        return tls;
    }

    private Optional<Pem> pem(String key, String marker) {
        List<String> parts = section.texts(key);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Pem pem = new Pem(parts);
        try {
            check(key, pem.text(), marker);
        } catch (IOException e) {
            findings.problem(
                    section.pathOf(key),
                    "cannot be read: " + e.getMessage(),
                    "Write the PEM text itself, or the path of a file that this user may read");
        }
        return Optional.of(pem);
    }

    private void check(String key, String text, String marker) {
        if (!text.contains(marker)) {
            String what = marker.equals(CERTIFICATE) ? "certificate" : "private key";
            findings.problem(
                    section.pathOf(key), "holds no " + what, "Write the PEM text of a " + what + ", or a path of one");
        }
    }
}
