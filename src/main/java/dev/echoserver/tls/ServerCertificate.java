package dev.echoserver.tls;

import dev.echoserver.config.Pem;
import dev.echoserver.config.TlsConfig;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A private key of this server and the certificates that it shows to browsers, or to a server that asks for one.
 *
 * @param chain the key's own certificate, then each one's issuer as far as they are known
 */
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] PROBE = {1, 2, 3};

    /** Copies the list. */
    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads the files and checks that they belong together.
     *
     * @throws TlsException naming the file that is wrong
     */
    public static ServerCertificate read(TlsConfig config) {
        return of(
                PemFile.read("sslCertPath", Pem.of(config.certPath())),
                PemFile.read("sslKeyPath", Pem.of(config.keyPath())),
                new Passphrase("sslPassphrase", config.passphrase()),
                config.chainPath()
                        .map(path ->
                                PemFile.read("sslCertChainPath", Pem.of(path)).certificates())
                        .orElse(List.of()));
    }

    /**
     * Checks that certificate and key belong together.
     *
     * @param issuers those that are known besides
     * @throws TlsException naming the file that is wrong
     */
    static ServerCertificate of(
            PemFile certificateFile, PemFile keyFile, Passphrase passphrase, List<X509Certificate> issuers) {
        List<X509Certificate> certificates = certificateFile.certificates();
        PrivateKey key = keyFile.key().read(passphrase);
        X509Certificate own = certificates.stream()
                .filter(certificate -> belongTogether(key, certificate))
                .findFirst()
                .orElseThrow(() -> keyFile.problem(
                        "is not the key of the certificate in " + certificateFile,
                        "Name the two files that were made together, such as fullchain.pem and privkey.pem"));
        List<X509Certificate> others = new ArrayList<>(certificates);
        others.addAll(issuers);
        return new ServerCertificate(key, chain(own, others));
    }

    /** In the order of issuing, however the files have them: browsers reject another one. */
    private static List<X509Certificate> chain(X509Certificate own, List<X509Certificate> others) {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(own);
        while (next.isPresent()) {
            X509Certificate last = next.get();
            chain.add(last);
            next = others.stream()
                    .filter(other -> other.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                    .filter(other -> !chain.contains(other))
                    .findFirst();
        }
        return chain;
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // A key of another kind.
        }
    }

    /** The certificate of the key itself. */
    public X509Certificate own() {
        return chain.get(0);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServerCertificate[subject=" + own().getSubjectX500Principal() + ", expires="
                + own().getNotAfter().toInstant() + "]";
    }
}
