package dev.echoserver.config;

import java.util.Optional;

/**
 * How TLS is spoken with Redis; the names are those of Node.
 *
 * @param ca certificates that are trusted; empty means those of the Java installation
 * @param cert this server's own certificate, for a Redis that asks for one
 * @param key its private key
 * @param passphrase of the key
 * @param servername the name that the certificate of Redis must have; empty means that of the host
 * @param verify whether the certificate of Redis is checked at all
 */
public record RedisTlsConfig(
        Optional<Pem> ca,
        Optional<Pem> cert,
        Optional<Pem> key,
        Optional<String> passphrase,
        Optional<String> servername,
        boolean verify) {
    /** As for any public server. */
    public static final RedisTlsConfig DEFAULT = new RedisTlsConfig(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);

    /** The same, trusting {@code certificates} alone. */
    public RedisTlsConfig withCa(Pem certificates) {
        return new RedisTlsConfig(Optional.of(certificates), cert, key, passphrase, servername, verify);
    }

    /** All but the passphrase. */
    @Override
    public String toString() {
        return "RedisTlsConfig[ca=" + ca + ", cert=" + cert + ", key=" + key + ", servername=" + servername
                + ", verify=" + verify + "]";
    }
}
