package dev.echoserver.broadcast;

/** Takes broadcasts in. */
@FunctionalInterface
public interface BroadcastSink {

    /** Takes one broadcast; called on the source's I/O thread, must not block. */
    void accept(Broadcast broadcast);
}
