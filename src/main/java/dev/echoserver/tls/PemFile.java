package dev.echoserver.tls;

import dev.echoserver.config.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Certificates or a key in PEM format, as a setting names them. Whatever is wrong with it is a {@link TlsException} that says what to do. */
final class PemFile {
    private final String setting;
    private final String path;
    private final List<PemBlock> blocks;

    private PemFile(String setting, String path, List<PemBlock> blocks) {
        this.setting = setting;
        this.path = path;
        this.blocks = blocks;
    }

    static PemFile read(String setting, Pem pem) {
        PemFile unread = new PemFile(setting, pem.toString(), List.of());
        try {
            List<PemBlock> blocks = PemBlock.all(pem.text());
            if (blocks.isEmpty()) {
                throw unread.problem(
                        "is not a PEM file",
                        "A PEM file is text with -----BEGIN …----- in it. Convert a binary certificate with:"
                                + " openssl x509 -inform der -in FILE -out FILE.pem; a .pfx or .p12 file with:"
                                + " openssl pkcs12 -nodes -in FILE -out FILE.pem");
            }
            return new PemFile(setting, pem.toString(), blocks);
        } catch (IOException e) {
            throw unread.unreadable(e);
        }
    }

    private TlsException unreadable(Exception cause) {
        if (cause instanceof NoSuchFileException) {
            return problem("does not exist", "Write the path of the file, best one that starts with a slash");
        }
        if (cause instanceof AccessDeniedException) {
            return problem(
                    "may not be read by the user \"" + System.getProperty("user.name") + "\"",
                    "Give this user the right to read the file and to enter the folders above it");
        }
        return problem("cannot be read (" + cause.getMessage() + ")", "Write the path of a PEM file");
    }

    /** The private key. */
    PemKey key() {
        Optional<PemBlock> key =
                blocks.stream().filter(block -> PemKey.isKey(block.label())).findFirst();
        return new PemKey(this, key.orElseThrow(() -> holdsInstead("a private key")));
    }

    /** All certificates; never empty. */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            throw holdsInstead("a certificate");
        }
        return certificates;
    }

    private X509Certificate certificate(PemBlock block) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            throw problem("holds a damaged certificate", "Get the file again from who issued it");
        }
    }

    private TlsException holdsInstead(String wanted) {
        String label = blocks.get(0).label();
        if (label.endsWith("CERTIFICATE REQUEST")) {
            return problem(
                    "is a certificate request (CSR), not " + wanted,
                    "A request is sent to an authority, which sends the certificate back. Name that file");
        }
        return problem("holds no " + wanted.substring(2) + ", but: " + label, "Name the file with " + wanted);
    }

    /** A problem of this file: {@code <setting>: <path> <what>.} and, on the next line, the cure. */
    TlsException problem(String what, String cure) {
        return new TlsException(setting + ": " + path + " " + what + ".\n" + cure + ".");
    }

    @Override
    public String toString() {
        return path;
    }
}
