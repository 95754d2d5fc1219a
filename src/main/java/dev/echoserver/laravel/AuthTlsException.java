package dev.echoserver.laravel;

/** The certificates that auth hosts are to be checked against cannot be used. The message names the setting. */
public final class AuthTlsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuthTlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
