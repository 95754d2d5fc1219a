package dev.echoserver.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * What a server shows when TLS is spoken to it, whoever trusts it: to say what exactly is wrong with it.
 *
 * @param chain its own certificate first; never empty
 */
public record PeerCertificate(List<X509Certificate> chain) {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /** What is wrong with a certificate. */
    public enum Fault {
        /** Its time is over. */
        EXPIRED,
        /** Its time has not begun, or the clock of this machine is wrong. */
        NOT_YET_VALID,
        /** It names other hosts. */
        OTHER_NAME,
        /** It was issued by itself. */
        SELF_SIGNED,
        /** Those between it and a root that is known are not sent along. */
        INCOMPLETE,
        /** Its root is not known. */
        UNKNOWN_AUTHORITY
    }

    /** Copies the list. */
    public PeerCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Asks the server at {@code host} and {@code port}. Blocks; nothing is sent but the handshake.
     *
     * @throws IOException if it cannot be reached or speaks no TLS
     */
    public static PeerCertificate of(String host, int port, Duration patience) throws IOException {
        int millis = Math.toIntExact(patience.toMillis());
        CertificateRecorder recorder = new CertificateRecorder();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), millis);
            plain.setSoTimeout(millis);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {recorder}, null);
            if (context.getSocketFactory().createSocket(plain, host, port, true) instanceof SSLSocket socket) {
                socket.startHandshake();
            }
            return new PeerCertificate(recorder.seen());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The certificate of the server itself. */
    public X509Certificate own() {
        return chain.get(0);
    }

    /** Why it is not accepted as that of {@code host}, if it is known that it is not. */
    public Fault fault(String host, Clock clock) {
        try {
            own().checkValidity(Date.from(clock.instant()));
        } catch (CertificateExpiredException e) {
            return Fault.EXPIRED;
        } catch (CertificateNotYetValidException e) {
            return Fault.NOT_YET_VALID;
        }
        if (names().stream().noneMatch(name -> fits(name, host))) {
            return Fault.OTHER_NAME;
        }
        if (isIssuedBy(own(), own())) {
            return Fault.SELF_SIGNED;
        }
        return chain.size() == 1 ? Fault.INCOMPLETE : Fault.UNKNOWN_AUTHORITY;
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    }

    /** The names and addresses that it is for. */
    public List<String> names() {
        try {
            return Optional.ofNullable(own().getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
                    .map(name -> String.valueOf(name.get(1)))
                    .collect(Collectors.toList());
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static boolean fits(String name, String host) {
        return name.equalsIgnoreCase(host)
                || (name.startsWith("*.")
                        && host.indexOf('.') > 0
                        && name.substring(1).equalsIgnoreCase(host.substring(host.indexOf('.'))));
    }

    /** When its time is over. */
    public Instant expires() {
        return own().getNotAfter().toInstant();
    }
}
