package dev.echoserver.census;

/** Not everybody could be asked, so nothing is known. */
public final class CensusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code message} names who did not answer and the cure. */
    public CensusException(String message) {
        super(message);
    }
}
