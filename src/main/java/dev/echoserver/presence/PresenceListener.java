package dev.echoserver.presence;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;

/** Hears of changes on all nodes. Called on any thread, in the order of the changes of one channel; must not block. */
public interface PresenceListener {

    /** A user's first socket is in {@code channel}; {@code socket} itself is not told. */
    void joining(PresenceChannel channel, Member member, SocketId socket, long version);

    /** A user's last socket is out of {@code channel}. */
    void leaving(PresenceChannel channel, Member member, long version);

    /**
     * Changes may have been missed, or this node was taken for dead and its sockets were forgotten: every socket of this
     * node must join again, those whose join is still pending included.
     */
    void refresh();
}
