package dev.echoserver.laravel;

import dev.echoserver.config.AuthTlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Which certificates of auth hosts are accepted. */
final class AuthTls {
    private AuthTls() {}

    /**
     * Applies {@code config} to {@code client}.
     *
     * @throws AuthTlsException if {@code authTls.ca} holds no certificates
     */
    static void apply(AuthTlsConfig config, OkHttpClient.Builder client) {
        try {
            if (!config.verify()) {
                trust(new AnyCertificate(), client);
                client.hostnameVerifier((host, session) -> true);
            } else if (config.ca().isPresent()) {
                trust(managerOf(systemAnd(read(config.ca().get()))), client);
            }
        } catch (IOException | InvalidPathException | GeneralSecurityException e) {
            throw new AuthTlsException(
                    "authTls.ca: " + config.ca().orElse("none") + " (expected: a readable PEM file with certificates)",
                    e);
        }
    }

    private static void trust(X509TrustManager manager, OkHttpClient.Builder client) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {manager}, null);
        client.sslSocketFactory(context.getSocketFactory(), manager);
    }

    private static Collection<? extends Certificate> read(String path) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(Path.of(path))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new IOException("no certificate in it");
            }
            return certificates;
        }
    }

    private static KeyStore systemAnd(Collection<? extends Certificate> more)
            throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int number = 0;
        for (X509Certificate certificate : managerOf(null).getAcceptedIssuers()) {
            all.setCertificateEntry("system-" + number++, certificate);
        }
        for (Certificate certificate : more) {
            all.setCertificateEntry("own-" + number++, certificate);
        }
        return all;
    }

    /** Trusts what is in {@code store}; {@code null} means what the Java installation trusts. */
    private static X509TrustManager managerOf(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
