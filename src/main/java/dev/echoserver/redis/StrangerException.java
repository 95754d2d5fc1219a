package dev.echoserver.redis;

/** What answers at the address is not Redis. */
final class StrangerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Stranger stranger;

    StrangerException(Stranger stranger) {
        super("not Redis: " + stranger.name() + " answers there", null, false, false);
        this.stranger = stranger;
    }

    Stranger stranger() {
        return stranger;
    }
}
