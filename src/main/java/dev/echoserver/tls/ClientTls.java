package dev.echoserver.tls;

import dev.echoserver.config.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What this server needs as a client of TLS. Reads the files of the settings below one section; blocks.
 *
 * @param section what stands in front of {@code ca}, {@code cert}, {@code key} and {@code passphrase} in messages
 */
public record ClientTls(String section) {
    private static final char[] NO_PASSWORD = {};

    /**
     * Trusts {@code ca} alone; empty means what the Java installation trusts.
     *
     * @throws TlsException if there are no certificates
     */
    public TrustManagerFactory trust(Optional<Pem> ca) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            initialize(factory, ca.isPresent() ? storeOf(read("ca", ca.get()).certificates()) : null);
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable("ca", e);
        }
    }

    /** {@code null} means the certificates of the Java installation. */
    private static void initialize(TrustManagerFactory factory, @Nullable KeyStore trusted)
            throws GeneralSecurityException {
        factory.init(trusted);
    }

    private static KeyStore storeOf(List<X509Certificate> trusted) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("ca-" + i, trusted.get(i));
        }
        return store;
    }

    /**
     * Shows {@code cert} to a server that asks for a certificate.
     *
     * @throws TlsException if it, or its key, cannot be used
     */
    public KeyManagerFactory identity(Pem cert, Pem key, Optional<String> passphrase) {
        ServerCertificate own = ServerCertificate.of(
                read("cert", cert), read("key", key), new Passphrase(section + "passphrase", passphrase), List.of());
        try {
            KeyStore store = empty();
            store.setKeyEntry("own", own.key(), NO_PASSWORD, own.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable("cert", e);
        }
    }

    private PemFile read(String key, Pem pem) {
        return PemFile.read(section + key, pem);
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private TlsException unusable(String key, Exception cause) {
        return new TlsException(section + key + ": cannot be used (" + cause.getMessage() + ").", cause);
    }
}
