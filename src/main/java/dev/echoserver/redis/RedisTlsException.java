package dev.echoserver.redis;

/** The certificates for TLS with Redis cannot be used. The message says which and why. */
final class RedisTlsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedisTlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
