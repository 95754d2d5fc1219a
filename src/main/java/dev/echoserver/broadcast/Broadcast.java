package dev.echoserver.broadcast;

import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * One event for one channel.
 *
 * @param event the event's name, a JSON string such as {@code "App\\Events\\OrderShipped"} with its quotes
 * @param data any JSON value
 * @param except the one socket that must not get it: Laravel's {@code toOthers()}
 * @param attachments the bytes for which placeholders stand in the data; only sockets send any
 */
public record Broadcast(Channel channel, Json event, Json data, Optional<SocketId> except, List<byte[]> attachments) {
    /** Copies {@code attachments}, but not their bytes. */
    public Broadcast {
        attachments = List.copyOf(attachments);
    }

    /** One without attachments. */
    public Broadcast(Channel channel, Json event, Json data, Optional<SocketId> except) {
        this(channel, event, data, except, List.of());
    }
}
