package dev.echoserver.auth;

import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;

/** May {@code socket}, whose client presents {@code credentials}, join {@code channel}? */
public record AuthQuestion(Channel channel, SocketId socket, Credentials credentials) {

    /** From two names whose hashes are at hand: hardly ever do two questions of one socket share a channel. */
    @Override
    public int hashCode() {
        return 31 * channel.name().hashCode() + socket.value().hashCode();
    }
}
