package dev.echoserver.redis;

import dev.echoserver.config.RedisTlsConfig;
import dev.echoserver.tls.ClientTls;
import dev.echoserver.tls.TlsException;
import io.lettuce.core.SslOptions;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/** TLS as Lettuce wants it told. Everything is read beforehand: its I/O thread must not wait for files. */
final class RedisTls {
    private static final ClientTls FILES = new ClientTls("databaseConfig.redis.tls.");

    private RedisTls() {}

    /**
     * Blocks while it reads files.
     *
     * @throws TlsException if they cannot be read, or hold something else
     */
    static SslOptions options(RedisTlsConfig how, Duration patience) {
        SslOptions.Builder ssl =
                SslOptions.builder().jdkSslProvider().handshakeTimeout(patience).trustManager(FILES.trust(how.ca()));
        if (how.cert().isPresent() && how.key().isPresent()) {
            ssl.keyManager(FILES.identity(how.cert().get(), how.key().get(), how.passphrase()));
        }
        how.servername().ifPresent(name -> ssl.sslParameters(() -> named(name)));
        return ssl.build();
    }

    private static SSLParameters named(String name) {
        SSLParameters parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        return parameters;
    }
}
