package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import java.util.Optional;

/** One socket in one presence channel, as a node writes down that it is its own: {@code <channel> newline <socket>}. */
record Seat(PresenceChannel channel, SocketId socket) {

    /** Reads what {@link #bytes} wrote. */
    static Optional<Seat> of(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        int end = text.indexOf('\n'); // No name of a channel has one.
        return end < 0
                ? Optional.empty()
                : Optional.of(
                        new Seat(new PresenceChannel(text.substring(0, end)), new SocketId(text.substring(end + 1))));
    }

    byte[] bytes() {
        return (channel.name() + "\n" + socket.value()).getBytes(UTF_8);
    }
}
