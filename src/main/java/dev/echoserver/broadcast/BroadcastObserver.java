package dev.echoserver.broadcast;

import java.time.Duration;

/** Sees what becomes of each broadcast, while somebody looks. Called on any thread, must not block. */
public interface BroadcastObserver {

    /** {@code broadcast} was written to whoever is to get it, or to nobody. */
    void delivered(Origin origin, Broadcast broadcast, Reach reach);

    /**
     * Something published became no broadcast.
     *
     * @param channel may be anything
     * @param bytes how long the payload was
     */
    void dropped(DropReason reason, String channel, int bytes);

    /**
     * How far a broadcast got on this node.
     *
     * @param sockets how many got it
     * @param isSenderHere whether one more is on the channel that must not get it, because it is the sender
     * @param isLost whether sockets missed it, because more was waiting for them than there is room for
     * @param took from its arrival until the last of them was written to
     */
    record Reach(int sockets, boolean isSenderHere, boolean isLost, Duration took) {}
}
