package dev.echoserver.redis;

import java.util.Optional;

/** One node of a Cluster cannot be used, and what is kept on it cannot either. */
final class ClusterNodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String node;
    private final Throwable reason;

    /** {@code node} names it, and what it is for; {@code reason} is why. */
    ClusterNodeException(String node, Throwable reason) {
        super(node, reason, false, false);
        this.node = node;
        this.reason = reason;
    }

    /** Whether {@code failure} is of one node alone. */
    static boolean isCauseOf(Throwable failure) {
        Optional<Throwable> each = Optional.of(failure);
        while (each.isPresent() && !(each.get() instanceof ClusterNodeException)) {
            each = Optional.ofNullable(each.get().getCause());
        }
        return each.isPresent();
    }

    String node() {
        return node;
    }

    Throwable reason() {
        return reason;
    }
}
