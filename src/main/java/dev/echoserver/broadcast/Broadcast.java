package dev.echoserver.broadcast;

import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Json;
import java.util.Optional;

/**
 * One event for one channel.
 *
 * @param event the event's name, a JSON string such as {@code "App\\Events\\OrderShipped"} with its quotes
 * @param data any JSON value
 * @param except the one socket that must not get it: Laravel's {@code toOthers()}
 */
public record Broadcast(Channel channel, Json event, Json data, Optional<SocketId> except) {}
