package dev.echoserver.api;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Envelope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One event that somebody wants to be published.
 *
 * @param channels all of which get it, in this order
 * @param info what the caller wants to know about these channels in return; empty for nothing
 */
record Publication(List<Channel> channels, Envelope event, Optional<String> info) {
    Publication {
        channels = List.copyOf(channels);
    }

    Stream<Broadcast> broadcasts() {
        Optional<SocketId> except = event.socket().map(SocketId::new);
        return channels.stream().map(channel -> new Broadcast(channel, event.event(), event.data(), except));
    }
}
