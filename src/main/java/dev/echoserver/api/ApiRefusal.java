package dev.echoserver.api;

/** A request cannot be served, for a reason that is the caller's. */
final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** {@code text} is for the caller. */
    ApiRefusal(int status, String text) {
        super(text, null, false, false); // Expected, so nobody needs a stack trace.
        this.status = status;
    }

    static ApiRefusal badRequest(String text) {
        return new ApiRefusal(400, text);
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
