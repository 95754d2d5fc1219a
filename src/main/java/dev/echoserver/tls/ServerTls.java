package dev.echoserver.tls;

import dev.echoserver.config.TlsConfig;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that new connections are served with. Its files are looked at every few seconds, on the thread
 * {@code tls-files}: once they have changed and belong together they are used, and until then the old ones stay.
 * Connections that are open go on as they are.
 */
public final class ServerTls implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServerTls.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private final HandshakeFailures failures = new HandshakeFailures(System::nanoTime);
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tls-files");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Identity identity;
    private TlsConfig config; // This and the stamps are guarded by the monitor.
    private List<Optional<FileStamp>> inUse;
    private List<Optional<FileStamp>> lastSeen;
    private List<Optional<FileStamp>> refused = List.of();

    private ServerTls(TlsConfig config) {
        this.inUse = FileStamp.of(config);
        this.lastSeen = inUse;
        this.config = config;
        this.identity = identity(config);
    }

    /**
     * Reads certificate and key and begins to watch them.
     *
     * @throws TlsException if they cannot be used
     */
    public static ServerTls open(TlsConfig config) {
        ServerTls tls = unwatched(config);
        Future<?> unused = tls.watch.scheduleWithFixedDelay(
                tls::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return tls;
    }

    /** As {@link #open}, with files that are looked at only when {@link #look} is called. */
    static ServerTls unwatched(TlsConfig config) {
        return new ServerTls(config);
    }

    private record Identity(SslContext context, Instant expires) {}

    private static Identity identity(TlsConfig config) {
        ServerCertificate certificate = ServerCertificate.read(config);
        try {
            SslContext context = SslContextBuilder.forServer(
                            certificate.key(), certificate.chain().toArray(X509Certificate[]::new))
                    .sslProvider(SslProvider.JDK)
                    .protocols(config.versions().stream()
                            .map(TlsConfig.Version::wireName)
                            .toList())
                    .build();
            tell(certificate);
            return new Identity(context, certificate.own().getNotAfter().toInstant());
        } catch (SSLException e) {
            throw new TlsException(
                    "sslCertPath: " + config.certPath() + " cannot be used (" + e.getMessage() + ").\n"
                            + "Use a certificate with an RSA, EC or Ed25519 key.",
                    e);
        }
    }

    private static void tell(ServerCertificate certificate) {
        log.info(
                "Certificate in use: subject=\"{}\" expires={}",
                certificate.own().getSubjectX500Principal(),
                certificate.own().getNotAfter().toInstant());
        try {
            certificate.own().checkValidity();
        } catch (CertificateException e) {
            log.warn("Browsers will refuse this certificate, renew it: {}", e.getMessage());
        }
    }

    /** What makes a new connection one with TLS, and then hands it to {@code next}, which sees what was decrypted. */
    public ChannelHandler before(ChannelHandler next) {
        return new TlsPipeline(this, next);
    }

    /** Until when the certificate in use is valid. Any thread. */
    public Instant expires() {
        return identity.expires();
    }

    SslHandler handlerFor(Channel connection) {
        SslHandler handler = identity.context().newHandler(connection.alloc());
        handler.setHandshakeTimeoutMillis(HANDSHAKE.toMillis());
        return handler;
    }

    HandshakeFailures failures() {
        return failures;
    }

    /**
     * Reads the files that {@code next} names, now.
     *
     * @throws TlsException if they cannot be used; what was in use stays
     */
    public synchronized void reload(TlsConfig next) {
        List<Optional<FileStamp>> found = FileStamp.of(next);
        identity = identity(next);
        config = next;
        inUse = found;
        lastSeen = found;
    }

    /** Looks at the files once. What changed since the last look may still be half-written, so it has to wait. */
    synchronized void look() {
        List<Optional<FileStamp>> found = FileStamp.of(config);
        boolean isSettled = found.equals(lastSeen);
        lastSeen = found;
        if (!isSettled || found.equals(inUse) || found.equals(refused)) {
            return;
        }
        try {
            reload(config);
        } catch (RuntimeException e) { // Whatever it is: an exception would end the watch.
            refused = found;
            log.warn("The changed certificate is not used, the old one stays: {}", e.getMessage());
        }
    }

    /** Stops watching. Connections and handshakes go on. */
    @Override
    public void close() {
        watch.shutdownNow();
    }
}
