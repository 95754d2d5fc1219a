package dev.echoserver.socketio;

import dev.echoserver.channel.Channel;
import dev.echoserver.hub.EventEncoder;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/** Events as laravel-echo takes them: {@code [event, channel, data]}. */
public final class BroadcastEncoder implements EventEncoder {

    @Override
    public ByteBuf encode(Channel channel, Json event, Json data) {
        return PacketEncoder.event(List.of(event, Json.string(channel.name()), data));
    }

    /**
     * An event as hand-written clients of the older kind take it: {@code [channel, data]}, to be sent to everybody. Empty
     * if clients keep the channel's name for themselves. The caller releases it.
     */
    public Optional<ByteBuf> encodeChannelEvent(Channel channel, Json data) {
        Json name = Json.string(channel.name());
        return EventName.of(name).map(allowed -> PacketEncoder.event(List.of(name, data)));
    }
}
