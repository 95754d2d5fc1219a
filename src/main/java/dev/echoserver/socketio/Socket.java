package dev.echoserver.socketio;

import dev.echoserver.channel.SocketId;
import dev.echoserver.engineio.CloseReason;
import dev.echoserver.engineio.Handshake;
import dev.echoserver.engineio.Session;
import dev.echoserver.hub.BinaryEncoder;
import dev.echoserver.hub.Subscriber;
import dev.echoserver.json.Json;
import dev.echoserver.json.JsonElements;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One client in one namespace. Confined to its event loop, but for {@link #id}, {@link #loop} and {@link #handshake}.
 */
public final class Socket implements Subscriber {
    private final SocketId id;
    private final String namespace;
    private final Connection connection;
    private final ConnectPayload payload;
    private Map<Long, Consumer<Arguments>> awaited = Map.of(); // Most clients are never asked for an acknowledgement.
    private long nextAckId;

    Socket(SocketId id, String namespace, Connection connection, ConnectPayload payload) {
        this.id = id;
        this.namespace = namespace;
        this.connection = connection;
        this.payload = payload;
    }

    @Override
    public SocketId id() {
        return id;
    }

    @Override
    public EventLoop loop() {
        return session().loop();
    }

    /** The request that opened the connection. */
    public Handshake handshake() {
        return session().handshake();
    }

    /** The payload of the CONNECT packet, a JSON object; socket.io-client 3 and 4 send what the page gave as {@code auth}. */
    public Optional<Json> auth() {
        return payload.auth();
    }

    /**
     * The first value of the query parameter {@code name}: in what socket.io-client 2 sends for
     * {@code io('/namespace?name=value')}, else in the request that opened the connection.
     *
     * <p>Source: socket.io 2.5.1, {@code Socket#buildHandshake}.
     */
    public Optional<String> parameter(String name) {
        return payload.parameter(name).or(() -> handshake().parameter(name));
    }

    String namespace() {
        return namespace;
    }

    /** How JSON of this socket's client is taken apart. */
    JsonElements json() {
        return connection.json();
    }

    private Session session() {
        return connection.session();
    }

    @Override
    public void send(ByteBuf frames) {
        session().send(frames);
    }

    @Override
    public void sendNow(ByteBuf frames) {
        session().sendNow(frames);
    }

    @Override
    public BinaryEncoder binaryEncoder() {
        return BinaryForm.of(handshake());
    }

    /** Sends an event. */
    public void emit(String event, Json... arguments) {
        emit(event, Arguments.of(arguments));
    }

    /** Sends an event, with its attachments. */
    public void emit(String event, Arguments arguments) {
        send(PacketType.EVENT, OptionalLong.empty(), named(event, arguments));
    }

    /** Sends an event and hears the client's acknowledgement, if one comes. */
    public void emit(String event, Arguments arguments, Consumer<Arguments> onAcknowledged) {
        awaited = awaited.isEmpty() ? new HashMap<>() : awaited;
        awaited.put(nextAckId, onAcknowledged);
        send(PacketType.EVENT, OptionalLong.of(nextAckId++), named(event, arguments));
    }

    private static Arguments named(String event, Arguments arguments) {
        List<Json> values = new ArrayList<>(arguments.values().size() + 1);
        values.add(Json.string(event));
        values.addAll(arguments.values());
        return new Arguments(values, arguments.attachments());
    }

    /** Sends the client away: it does not come back by itself. Its other namespaces stay. */
    public void disconnect() {
        connection.disconnect(this);
    }

    /** Closes the connection under this socket: the client comes back by itself. */
    public void closeTransport() {
        session().end(CloseReason.FORCED_CLOSE);
    }

    void acknowledge(long ackId, Arguments arguments) {
        send(PacketType.ACK, OptionalLong.of(ackId), arguments);
    }

    void onAcknowledged(long ackId, Arguments arguments) {
        if (awaited.containsKey(ackId)) {
            awaited.remove(ackId).accept(arguments);
        }
    }

    private void send(PacketType type, OptionalLong ackId, Arguments arguments) {
        send(PacketEncoder.packet(type, namespace, ackId, arguments.values(), arguments.attachments()));
        arguments.attachments().forEach(session()::sendBinary);
    }
}
