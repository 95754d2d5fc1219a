package dev.echoserver.config;

import dev.echoserver.config.ServerConfig.Protocol;
import dev.echoserver.config.TlsConfig.Version;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads what concerns TLS, which stands at the top of the file and in {@code https}. */
final class TlsSection {
    // OpenSSL's SSL_OP_NO_TLSv1, SSL_OP_NO_TLSv1_2 and SSL_OP_NO_TLSv1_3.
    private static final int NO_TLS_1_0 = 0x0400_0000;
    private static final int NO_TLS_1_2 = 0x0800_0000;
    private static final int NO_TLS_1_3 = 0x2000_0000;

    private TlsSection() {}

    /** Empty if neither {@code protocol} nor {@code https.port} asks for TLS. */
    static Optional<TlsConfig> read(Section root, Protocol protocol, Findings findings) {
        Section https = root.section("https");
        Optional<Integer> port = https.text("port").map(given -> https.whole("port", 0, 0, 65_535));
        https.close();
        Optional<String> certPath = root.text("sslCertPath");
        Optional<String> keyPath = root.text("sslKeyPath");
        Set<Version> versions = versions(root);
        TlsConfig config = new TlsConfig(
                certPath.orElse(""),
                keyPath.orElse(""),
                root.text("sslCertChainPath"),
                root.text("sslPassphrase"),
                versions,
                port);
        if (protocol == Protocol.HTTP && port.isEmpty()) {
            return Optional.empty();
        }
        String asks = protocol == Protocol.HTTPS ? root.pathOf("protocol") : https.pathOf("port");
        demand(root.pathOf("sslCertPath"), certPath, asks, findings);
        demand(root.pathOf("sslKeyPath"), keyPath, asks, findings);
        return Optional.of(config);
    }

    private static void demand(String path, Optional<String> file, String asks, Findings findings) {
        if (file.isEmpty()) {
            findings.problem(
                    path,
                    "is missing, and " + asks + " asks for TLS",
                    "Write the path of a PEM file, such as \"/etc/letsencrypt/live/app.example.com/"
                            + (path.endsWith("sslKeyPath") ? "privkey" : "fullchain") + ".pem\"");
        }
    }

    /** As laravel-echo-server, takes the sum of OpenSSL's {@code SSL_OP_…}; those of other meaning change nothing. */
    private static Set<Version> versions(Section root) {
        int options = root.bits("secureOptions", NO_TLS_1_0);
        Set<Version> versions = EnumSet.allOf(Version.class);
        if ((options & NO_TLS_1_2) != 0) {
            versions.remove(Version.TLS_1_2);
        }
        if ((options & NO_TLS_1_3) != 0) {
            versions.remove(Version.TLS_1_3);
        }
        if (versions.isEmpty()) {
            root.wrong("secureOptions", NO_TLS_1_0 + ", which leaves TLS 1.2 and 1.3");
            return EnumSet.allOf(Version.class);
        }
        return versions;
    }
}
