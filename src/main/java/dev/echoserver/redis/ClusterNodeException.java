package dev.echoserver.redis;

/** One node of a Cluster cannot be used, and what is kept on it cannot either. */
final class ClusterNodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String node;

    /** {@code node} names it, and what it is for; {@code reason} is why. */
    ClusterNodeException(String node, Throwable reason) {
        super(node, reason, false, false);
        this.node = node;
    }

    String node() {
        return node;
    }

    Throwable reason() {
        return getCause();
    }
}
