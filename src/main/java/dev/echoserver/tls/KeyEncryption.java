package dev.echoserver.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Decrypts private keys: those of PKCS#8, and those of OpenSSL's older form. */
final class KeyEncryption {
    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final int SALT_BYTES = 8;

    private KeyEncryption() {}

    /**
     * The content of {@code BEGIN ENCRYPTED PRIVATE KEY}.
     *
     * @throws GeneralSecurityException if the passphrase is wrong or Java does not know the cipher
     */
    static byte[] decryptPkcs8(byte[] encrypted, String passphrase) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
        String scheme = info.getAlgName().equals(PBES2) || info.getAlgName().equals("PBES2")
                ? info.getAlgParameters().toString() // "PBEWithHmacSHA256AndAES_256": Java names the parts there.
                : info.getAlgName();
        Cipher cipher = Cipher.getInstance(scheme);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(passphrase.toCharArray())),
                info.getAlgParameters());
        return info.getKeySpec(cipher).getEncoded();
    }

    /**
     * The content of a block with {@code Proc-Type: 4,ENCRYPTED}.
     *
     * @param dekInfo the header {@code DEK-Info}: {@code cipher,initialization vector}
     * @throws GeneralSecurityException if the passphrase is wrong or the cipher is none of AES and DES
     */
    static byte[] decryptTraditional(byte[] encrypted, String dekInfo, String passphrase)
            throws GeneralSecurityException {
        String[] info = dekInfo.split(",", 2);
        if (info.length < 2) {
            throw new GeneralSecurityException("DEK-Info: " + dekInfo);
        }
        byte[] vector = HexFormat.of().parseHex(info[1].strip());
        String name = info[0].strip().toUpperCase(Locale.ROOT);
        int keyBytes = switch (name) {
            case "AES-128-CBC" -> 16;
            case "AES-192-CBC", "DES-EDE3-CBC" -> 24;
            case "AES-256-CBC" -> 32;
            default -> throw new GeneralSecurityException("cipher " + name);
        };
        String algorithm = name.startsWith("AES") ? "AES" : "DESede";
        Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
        byte[] key = derive(passphrase, Arrays.copyOf(vector, SALT_BYTES), keyBytes);
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm), new IvParameterSpec(vector));
        return cipher.doFinal(encrypted);
    }

    /** Source: OpenSSL, {@code EVP_BytesToKey} with MD5 and one round. */
    private static byte[] derive(String passphrase, byte[] salt, int bytes) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        byte[] block = {};
        while (key.size() < bytes) {
            digest.update(block);
            digest.update(passphrase.getBytes(UTF_8));
            block = digest.digest(salt);
            key.writeBytes(block);
        }
        return Arrays.copyOf(key.toByteArray(), bytes);
    }
}
