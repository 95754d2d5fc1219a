package dev.echoserver.api;

/** A request cannot be served, for a reason that is the caller's. */
final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final long retryAfterSeconds;

    /** {@code text} is for the caller. */
    ApiRefusal(int status, String text) {
        this(status, text, 0);
    }

    private ApiRefusal(int status, String text, long retryAfterSeconds) {
        super(text, null, false, false); // Expected, so nobody needs a stack trace.
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static ApiRefusal tooMany(String text, long retryAfterSeconds) {
        return new ApiRefusal(429, text, retryAfterSeconds);
    }

    static ApiRefusal badRequest(String text) {
        return new ApiRefusal(400, text);
    }

    int status() {
        return status;
    }

    /** When the same may be asked again; zero if that is of no use. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
