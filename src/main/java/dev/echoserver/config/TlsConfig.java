package dev.echoserver.config;

import java.util.Optional;
import java.util.Set;

/**
 * Certificate and key, as PEM files, and where they are used.
 *
 * @param certPath the certificate, best with those between it and the root behind it
 * @param keyPath its private key
 * @param chainPath more certificates between it and the root
 * @param passphrase of the private key
 * @param versions the versions of TLS that are spoken; never empty
 * @param port a port that speaks TLS besides the main one
 */
public record TlsConfig(
        String certPath,
        String keyPath,
        Optional<String> chainPath,
        Optional<String> passphrase,
        Set<Version> versions,
        Optional<Integer> port) {

    /** Copies the set. */
    public TlsConfig {
        versions = Set.copyOf(versions);
    }

    /** A version of TLS. Older ones are never spoken. */
    public enum Version {
        /** 1.2 */
        TLS_1_2("TLSv1.2"),
        /** 1.3 */
        TLS_1_3("TLSv1.3");

        private final String wireName;

        Version(String wireName) {
            this.wireName = wireName;
        }

        /** The name that Java knows it by. */
        public String wireName() {
            return wireName;
        }
    }

    /** The paths; the passphrase is left out. */
    @Override
    public String toString() {
        return "TlsConfig[certPath=" + certPath + ", keyPath=" + keyPath + ", chainPath=" + chainPath + ", versions="
                + versions + ", port=" + port + "]";
    }
}
