package dev.echoserver.broadcast;

/**
 * The other nodes that serve the same channels. What Laravel publishes on Redis they hear by
 * themselves; whispers, and events that came by HTTP, they do not.
 */
@FunctionalInterface
public interface PeerNodes {
    /** There are none. */
    PeerNodes NONE = broadcast -> {};

    /** Sends {@code broadcast} to all other nodes, at most once; any thread, never blocks. */
    void send(Broadcast broadcast);
}
