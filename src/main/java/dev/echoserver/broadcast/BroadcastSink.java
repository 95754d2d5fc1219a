package dev.echoserver.broadcast;

/** Takes broadcasts in. */
@FunctionalInterface
public interface BroadcastSink {

    /** Takes one broadcast; called on the source's I/O thread, must not block. */
    void accept(Broadcast broadcast);

    /** Several may follow at once: until {@link #uncork}, what is accepted may wait, so that it goes on together. */
    default void cork() {}

    /** Nothing follows for now: what waits goes on. */
    default void uncork() {}
}
