package dev.echoserver.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** A private key in any of the forms that OpenSSL writes: PKCS#8, PKCS#1, EC; each of them plain or encrypted. */
record PemKey(PemFile file, PemBlock block) {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final String CONVERT = "openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEWFILE";

    static boolean isKey(String label) {
        return label.endsWith("PRIVATE KEY");
    }

    /**
     * The key itself.
     *
     * @throws TlsException if the passphrase is missing or wrong, or the key is of no kind that Java can use
     */
    PrivateKey read(Optional<String> passphrase) {
        boolean isTraditional = block.headers().containsKey("DEK-Info");
        if ((isTraditional || block.label().startsWith("ENCRYPTED")) && passphrase.isEmpty()) {
            throw file.problem("is encrypted", "Write its passphrase into \"sslPassphrase\"");
        }
        byte[] plain = isTraditional ? traditional(passphrase.orElse("")) : block.der();
        return switch (block.label()) {
            case "PRIVATE KEY" -> key(plain);
            case "ENCRYPTED PRIVATE KEY" -> key(decrypted(passphrase.orElse("")));
            case "RSA PRIVATE KEY" -> key(Der.pkcs8OfRsa(plain));
            case "EC PRIVATE KEY" -> ec(plain);
            default -> throw file.problem("holds a key of an unknown kind: " + block.label(), convert());
        };
    }

    private byte[] decrypted(String passphrase) {
        try {
            return KeyEncryption.decryptPkcs8(block.der(), passphrase);
        } catch (GeneralSecurityException | IOException e) {
            throw undecipherable(e);
        }
    }

    private byte[] traditional(String passphrase) {
        try {
            String dekInfo = block.headers().getOrDefault("DEK-Info", "");
            return KeyEncryption.decryptTraditional(block.der(), dekInfo, passphrase);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw undecipherable(e);
        }
    }

    private TlsException undecipherable(Exception cause) {
        return file.problem(
                "cannot be decrypted (" + cause.getMessage() + ")",
                "Check \"sslPassphrase\". If it is right, encrypt the key in another way: " + CONVERT);
    }

    private PrivateKey ec(byte[] sec1) {
        try {
            return key(Der.pkcs8OfEc(sec1));
        } catch (GeneralSecurityException e) {
            throw file.problem("holds a damaged key (" + e.getMessage() + ")", convert());
        }
    }

    private PrivateKey key(byte[] pkcs8) {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> key(algorithm, pkcs8).stream())
                .findFirst()
                .orElseThrow(() -> file.problem(
                        "holds a key that cannot be used",
                        "Use an RSA, EC or Ed25519 key. If it is encrypted, check \"sslPassphrase\""));
    }

    /** The key says in itself of which kind it is, and fits no other. */
    private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static String convert() {
        return "Convert it with: " + CONVERT;
    }
}
