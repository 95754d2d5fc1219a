package dev.echoserver.tls;

import java.util.Optional;

/**
 * What a private key is encrypted with.
 *
 * @param setting where it is written, for messages
 */
record Passphrase(String setting, Optional<String> value) {

    /** Without the secret. */
    @Override
    public String toString() {
        return setting;
    }
}
