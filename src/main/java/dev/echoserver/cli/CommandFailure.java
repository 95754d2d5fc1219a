package dev.echoserver.cli;

import java.util.Objects;

/** A command cannot do what it was asked to. The message is for the person at the terminal: what is wrong, then the cure. */
final class CommandFailure extends RuntimeException {
    /** Something other than the configuration. */
    static final int FAILED = 1;

    /** {@code EX_CONFIG} of sysexits.h: supervisors can be told not to restart after it. */
    static final int BAD_CONFIG = 78;

    private static final long serialVersionUID = 1;

    private final int exitCode;

    CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = FAILED;
    }

    /** What to print. */
    String explanation() {
        return Objects.requireNonNull(getMessage());
    }

    int exitCode() {
        return exitCode;
    }
}
