package dev.echoserver.live;

/** Events on Redis outside the key prefix, for those who want to see them. */
@FunctionalInterface
public interface ForeignEvents {
    /** There are none. */
    ForeignEvents NONE = heard -> () -> {};

    /** Tells {@code heard} of each event, on any thread, until the result is closed; not of all if there are very many. */
    Look listen(Listener heard);

    /** Hears of one event; must not block. */
    @FunctionalInterface
    interface Listener {
        /** {@code event} was published on {@code channel} of Redis, with {@code bytes} of data. */
        void heard(String channel, String event, int bytes);
    }
}
