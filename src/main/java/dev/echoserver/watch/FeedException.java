package dev.echoserver.watch;

/** Nothing can be had from a management port. The message says why, and what to do. */
public final class FeedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FeedException(String message) {
        super(message);
    }

    FeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
