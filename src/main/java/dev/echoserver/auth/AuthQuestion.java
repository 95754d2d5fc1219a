package dev.echoserver.auth;

import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;

/** May {@code socket}, whose client presents {@code credentials}, join {@code channel}? */
public record AuthQuestion(Channel channel, SocketId socket, Credentials credentials) {}
