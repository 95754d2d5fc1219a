package dev.echoserver.socketio;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.hub.EventEncoder;
import dev.echoserver.json.Json;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/** Broadcasts as laravel-echo takes them: {@code [event, channel, data]}. */
public final class BroadcastEncoder implements EventEncoder {

    @Override
    public ByteBuf encode(Broadcast broadcast) {
        return PacketEncoder.event(
                List.of(broadcast.event(), Json.string(broadcast.channel().name()), broadcast.data()));
    }

    /**
     * A broadcast as hand-written clients of the older kind take it: {@code [channel, data]}, to be sent to everybody.
     * Empty if clients keep the channel's name for themselves. The caller releases it.
     */
    public Optional<ByteBuf> encodeChannelEvent(Broadcast broadcast) {
        Json name = Json.string(broadcast.channel().name());
        return EventName.of(name).map(allowed -> PacketEncoder.event(List.of(name, broadcast.data())));
    }
}
