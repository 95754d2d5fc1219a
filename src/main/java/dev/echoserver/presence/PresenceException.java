package dev.echoserver.presence;

/** The store of presence channels cannot be reached, or refused. */
public final class PresenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code message} names what, where and the cure. */
    public PresenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
