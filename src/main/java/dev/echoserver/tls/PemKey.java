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
    PrivateKey read(Passphrase passphrase) {
        boolean isTraditional = block.headers().containsKey("DEK-Info");
        if ((isTraditional || block.label().startsWith("ENCRYPTED"))
                && passphrase.value().isEmpty()) {
            throw file.problem("is encrypted", "Write its passphrase into \"" + passphrase.setting() + "\"");
        }
        byte[] plain = isTraditional ? traditional(passphrase) : block.der();
        return switch (block.label()) {
            case "PRIVATE KEY" -> key(plain, passphrase);
            case "ENCRYPTED PRIVATE KEY" -> key(decrypted(passphrase), passphrase);
            case "RSA PRIVATE KEY" -> key(Der.pkcs8OfRsa(plain), passphrase);
            case "EC PRIVATE KEY" -> ec(plain, passphrase);
            default -> throw file.problem("holds a key of an unknown kind: " + block.label(), convert());
        };
    }

    private byte[] decrypted(Passphrase passphrase) {
        try {
            return KeyEncryption.decryptPkcs8(block.der(), passphrase.value().orElse(""));
        } catch (GeneralSecurityException | IOException e) {
            throw undecipherable(e, passphrase);
        }
    }

    private byte[] traditional(Passphrase passphrase) {
        try {
            String dekInfo = block.headers().getOrDefault("DEK-Info", "");
            return KeyEncryption.decryptTraditional(
                    block.der(), dekInfo, passphrase.value().orElse(""));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw undecipherable(e, passphrase);
        }
    }

    private TlsException undecipherable(Exception cause, Passphrase passphrase) {
        return file.problem(
                "cannot be decrypted (" + cause.getMessage() + ")",
                "Check \"" + passphrase.setting() + "\". If it is right, encrypt the key in another way: " + CONVERT);
    }

    private PrivateKey ec(byte[] sec1, Passphrase passphrase) {
        try {
            return key(Der.pkcs8OfEc(sec1), passphrase);
        } catch (GeneralSecurityException e) {
            throw file.problem("holds a damaged key (" + e.getMessage() + ")", convert());
        }
    }

    private PrivateKey key(byte[] pkcs8, Passphrase passphrase) {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> of(algorithm, pkcs8).stream())
                .findFirst()
                .orElseThrow(() -> file.problem(
                        "holds a key that cannot be used",
                        "Use an RSA, EC or Ed25519 key. If it is encrypted, check \"" + passphrase.setting() + "\""));
    }

    /** The key says in itself of which kind it is, and fits no other. */
    private static Optional<PrivateKey> of(String algorithm, byte[] pkcs8) {
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
