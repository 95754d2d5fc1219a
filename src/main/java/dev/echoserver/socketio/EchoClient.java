package dev.echoserver.socketio;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.hub.BinaryEncoder;
import dev.echoserver.json.Json;
import dev.echoserver.log.Excerpt;
import dev.echoserver.subscription.ChannelClient;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A laravel-echo client: what becomes of its joins travels as {@code subscription_error} and {@code presence:…}.
 *
 * <p>Source: laravel-echo-server 1.6.3, {@code private-channel.ts} and {@code presence-channel.ts}. Unlike there, no id of
 * another connection is sent.
 *
 * @param givesReasons whether {@code subscription_error} carries the reason as a third argument, and whether the page is
 *     told of dropped whispers
 */
record EchoClient(Socket socket, boolean givesReasons) implements ChannelClient {
    private static final Logger log = LoggerFactory.getLogger(EchoClient.class);
    private static final String DROPPED = "client_event_dropped";

    @Override
    public SocketId id() {
        return socket.id();
    }

    @Override
    public EventLoop loop() {
        return socket.loop();
    }

    @Override
    public void send(ByteBuf frames) {
        socket.send(frames);
    }

    @Override
    public void sendNow(ByteBuf frames) {
        socket.sendNow(frames);
    }

    @Override
    public BinaryEncoder binaryEncoder() {
        return socket.binaryEncoder();
    }

    @Override
    public Optional<String> requestHeader(String name) {
        return socket.handshake().header(name);
    }

    @Override
    public String remoteAddress() {
        SocketAddress peer = socket.handshake().remoteAddress();
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "unknown";
    }

    @Override
    public void refused(String channel, int status, String reason) {
        if (log.isDebugEnabled()) {
            log.debug("{} could not be authenticated to {} (status {}: {})", id(), Excerpt.of(channel), status, reason);
        }
        Json code = Json.of(Integer.toString(status));
        if (givesReasons) {
            socket.emit("subscription_error", Json.string(channel), code, Json.string(reason));
        } else {
            socket.emit("subscription_error", Json.string(channel), code);
        }
    }

    /**
     * Whispers of the page are dropped from now on, until it has been quieter for a while. The arguments are those of any
     * event of a channel, so that laravel-echo's {@code listen} hears it.
     */
    void dropped(String channel, Json event, String reason) {
        if (givesReasons) {
            Json about = Json.of("{\"event\":" + event + ",\"reason\":" + Json.string(reason) + "}");
            socket.emit(DROPPED, Json.string(channel), about);
        }
    }

    @Override
    public void here(PresenceChannel channel, List<Json> members) {
        String list = members.stream().map(Json::toString).collect(Collectors.joining(","));
        socket.emit("presence:subscribed", Json.string(channel.name()), Json.of("[" + list + "]"));
    }

    @Override
    public void joining(PresenceChannel channel, Json member) {
        socket.emit("presence:joining", Json.string(channel.name()), member);
    }

    @Override
    public void leaving(PresenceChannel channel, Json member) {
        socket.emit("presence:leaving", Json.string(channel.name()), member);
    }
}
