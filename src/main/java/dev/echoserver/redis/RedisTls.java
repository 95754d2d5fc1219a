package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.Pem;
import dev.echoserver.config.RedisTlsConfig;
import io.lettuce.core.SslOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS as Lettuce wants it told. Everything is read beforehand: its I/O thread must not wait for files. */
final class RedisTls {
    private RedisTls() {}

    /**
     * Blocks while it reads files.
     *
     * @throws RedisTlsException if they cannot be read, or hold something else
     */
    static SslOptions options(RedisTlsConfig how, Duration patience) {
        SslOptions.Builder ssl =
                SslOptions.builder().jdkSslProvider().handshakeTimeout(patience).trustManager(trust(how.ca()));
        if (how.cert().isPresent() && how.key().isPresent()) {
            char[] passphrase = how.passphrase().orElse("").toCharArray();
            ssl.keyManager(
                    resource("cert", how.cert().get()),
                    resource("key", how.key().get()),
                    passphrase);
        }
        how.servername().ifPresent(name -> ssl.sslParameters(() -> named(name)));
        return ssl.build();
    }

    private static TrustManagerFactory trust(Optional<Pem> ca) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            initialize(factory, ca.isPresent() ? storeOf(text("ca", ca.get())) : null);
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            throw new RedisTlsException("databaseConfig.redis.tls.ca: " + e.getMessage(), e);
        }
    }

    /** {@code null} means the certificates of the Java installation. */
    private static void initialize(TrustManagerFactory factory, @Nullable KeyStore trusted)
            throws GeneralSecurityException {
        factory.init(trusted);
    }

    private static KeyStore storeOf(byte[] pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate each :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
            store.setCertificateEntry("ca-" + number++, each);
        }
        return store;
    }

    private static SslOptions.Resource resource(String key, Pem pem) {
        byte[] text = text(key, pem);
        return () -> new ByteArrayInputStream(text);
    }

    private static byte[] text(String key, Pem pem) {
        try {
            return pem.text().getBytes(UTF_8);
        } catch (IOException e) {
            throw new RedisTlsException("databaseConfig.redis.tls." + key + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static SSLParameters named(String name) {
        SSLParameters parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        return parameters;
    }
}
