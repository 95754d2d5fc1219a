package dev.echoserver.subscription;

import dev.echoserver.channel.Channel;
import java.util.Optional;

/** One socket with respect to one channel: Laravel is being asked, then it is joined, then it is over. */
final class Subscription {
    private final Channel channel;
    private boolean joined;
    private boolean over;
    private Optional<Seat> seat = Optional.empty();

    Subscription(Channel channel) {
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    boolean isJoined() {
        return joined;
    }

    /** Whether the socket has left or gone meanwhile. */
    boolean isOver() {
        return over;
    }

    /** The place in the presence channel, once joined. */
    Optional<Seat> seat() {
        return seat;
    }

    void joined(Optional<Seat> taken) {
        joined = true;
        seat = taken;
    }

    void over() {
        over = true;
    }
}
