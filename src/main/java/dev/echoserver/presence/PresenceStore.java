package dev.echoserver.presence;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Remembers which sockets are in which presence channel, on all nodes.
 *
 * <p>Each change is atomic. Changes that one node asks for take effect in the order of its calls. Methods return at once
 * and may be called from any thread; results complete on any thread, exceptionally with a {@link PresenceException} when
 * the store cannot be reached.
 */
public interface PresenceStore extends AutoCloseable {

    /** Starts announcing changes, those of this node included. Once only, before anything else. */
    void open(PresenceListener listener);

    /**
     * Remembers that {@code socket} is in {@code channel} as {@code member}. Announces {@code joining} if it is the user's
     * first socket there. Joining again changes nothing.
     *
     * @return who is there now, {@code member} included
     */
    CompletionStage<Roster> join(PresenceChannel channel, SocketId socket, Member member);

    /** Forgets that {@code socket} is in {@code channel}. Announces {@code leaving} if it was the user's last one there. */
    CompletionStage<Void> leave(PresenceChannel channel, SocketId socket);

    /** Who is in {@code channel}. */
    CompletionStage<Roster> roster(PresenceChannel channel);

    /** The users in {@code channel}: one entry for each, as its oldest connection has it, the oldest first. */
    CompletionStage<List<Member>> users(PresenceChannel channel);

    /** Forgets this node's sockets where that is possible, then releases connections. Idempotent; may block for seconds. */
    @Override
    void close();
}
