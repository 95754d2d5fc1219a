package dev.echoserver.config;

import java.util.Optional;

/**
 * Certificate and key, as PEM files.
 *
 * @param certPath the certificate
 * @param keyPath its private key
 * @param chainPath certificates between it and the root
 * @param passphrase of the private key
 * @param secureOptions OpenSSL's bit mask {@code SSL_OP_…}; 67108864 switches TLS 1.0 off
 */
public record TlsConfig(
        Optional<String> certPath,
        Optional<String> keyPath,
        Optional<String> chainPath,
        Optional<String> passphrase,
        int secureOptions) {

    /** The paths; the passphrase is left out. */
    @Override
    public String toString() {
        return "TlsConfig[certPath=" + certPath + ", keyPath=" + keyPath + ", chainPath=" + chainPath
                + ", secureOptions=" + secureOptions + "]";
    }
}
