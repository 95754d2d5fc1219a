package dev.echoserver.tls;

/** Certificate or key cannot be used. The message names the setting, the file, what is wrong with it, and the cure. */
public final class TlsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
