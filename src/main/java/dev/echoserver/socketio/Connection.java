package dev.echoserver.socketio;

import dev.echoserver.channel.SocketId;
import dev.echoserver.engineio.CloseReason;
import dev.echoserver.engineio.Inbound;
import dev.echoserver.engineio.Protocol;
import dev.echoserver.engineio.Refusals.Cause;
import dev.echoserver.engineio.Session;
import dev.echoserver.engineio.SessionListener;
import dev.echoserver.json.JsonElements;
import dev.echoserver.log.Excerpt;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Engine.IO session as Socket.IO sees it: the sockets of all namespaces that the client has connected to.
 *
 * <p>A client of Engine.IO 4 must connect to a namespace in time; one of Engine.IO 3 is connected to the default
 * namespace by its handshake. A packet that is malformed, or that comes before CONNECT, closes the transport.
 *
 * <p>Source: Socket.IO protocol, revisions 4 and 5; socket.io 4.8, {@code Client}.
 */
final class Connection implements SessionListener {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final Session session;
    private final SocketIoServer server;
    private Map<String, Member> sockets = Map.of(); // By namespace, copied when it changes: most clients use one.
    private Optional<Future<?>> connectTimeout = Optional.empty();
    private Optional<Reassembly> incomplete = Optional.empty();
    private Optional<Future<?>> attachmentsTimeout = Optional.empty();

    /** A socket and whoever listens to it. */
    private record Member(Socket socket, SocketListener listener) {}

    Connection(Session session, SocketIoServer server) {
        this.session = session;
        this.server = server;
        if (isV3()) {
            connect(SocketIoServer.DEFAULT_NAMESPACE, ConnectPayload.NONE);
        } else {
            connectTimeout = Optional.of(expectConnect());
        }
    }

    private Future<?> expectConnect() {
        long millis = server.connectTimeout().toMillis();
        return session.loop().schedule(() -> session.end(CloseReason.FORCED_CLOSE), millis, TimeUnit.MILLISECONDS);
    }

    private void stopExpecting() {
        connectTimeout.ifPresent(timer -> timer.cancel(false));
        connectTimeout = Optional.empty();
    }

    Session session() {
        return session;
    }

    JsonElements json() {
        return server.json();
    }

    private boolean isV3() {
        return session.handshake().protocol() == Protocol.V3;
    }

    @Override
    public void onText(String message) {
        if (message.length() > session.inbound().bounds().maxMessageBytes()) { // A polling body may have more.
            refuse(Cause.MESSAGE_TOO_LARGE, "a packet of " + message.length() + " characters");
            return;
        }
        Optional<Packet> packet =
                incomplete.isPresent() ? Optional.empty() : PacketDecoder.decode(server.json(), message);
        if (packet.isEmpty()) {
            refusePacket(message);
        } else if (packet.get().attachments() > 0) {
            expectAttachments(packet.get(), message.length());
        } else if (!handle(packet.get(), List.of())) {
            refusePacket(message);
        }
    }

    /** There may be a whisper in it. */
    private void refusePacket(String message) {
        refuse(Cause.INVALID_PACKET, "a packet of " + message.length() + " characters");
        if (log.isTraceEnabled()) {
            log.trace("It was: {}", Excerpt.of(message));
        }
    }

    /** A client can go on answering pings in between, so the heartbeat does not see to it that they come. */
    private void expectAttachments(Packet packet, int packetBytes) {
        Inbound inbound = session.inbound();
        Inbound.Bounds bounds = inbound.bounds();
        Reassembly begun = new Reassembly(packet, packetBytes, bounds.maxMessageBytes(), inbound.claim());
        incomplete = Optional.of(begun);
        if (!begun.isAffordable(0)) {
            refuse(Cause.MEMORY, "a packet with attachments, " + packetBytes + " bytes");
            return;
        }
        long millis = bounds.maxMessageTime().toMillis();
        attachmentsTimeout = Optional.of(session.loop()
                .schedule(() -> refuse(Cause.LATE, "a packet with attachments"), millis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void onBinary(byte[] message) {
        if (incomplete.isEmpty()) {
            refuse(Cause.INVALID_PACKET, "binary data that no packet announced");
            return;
        }
        Reassembly assembled = incomplete.get();
        if (!assembled.fits(message)) {
            refuse(Cause.MESSAGE_TOO_LARGE, "attachments that are too large together");
        } else if (!assembled.isAffordable(message.length)) {
            refuse(Cause.MEMORY, "an attachment of " + message.length + " bytes");
        } else if (assembled.add(message)) {
            dropIncomplete();
            if (!assembled.isValid() || !handle(assembled.packet(), assembled.attachments())) {
                refuse(Cause.INVALID_PACKET, "attachments that do not fit their packet");
            }
        }
    }

    private void dropIncomplete() {
        attachmentsTimeout.ifPresent(timer -> timer.cancel(false));
        attachmentsTimeout = Optional.empty();
        incomplete.ifPresent(Reassembly::drop);
        incomplete = Optional.empty();
    }

    private void refuse(Cause cause, String what) {
        session.inbound().refusals().add(cause, session.client(), what);
        session.end(cause == Cause.MEMORY ? CloseReason.FORCED_CLOSE : CloseReason.PARSE_ERROR);
    }

    /** False if the packet is not allowed now. */
    private boolean handle(Packet packet, List<byte[]> attachments) {
        String namespace = isV3() ? packet.namespace().split("\\?", 2)[0] : packet.namespace();
        Member member = sockets.get(namespace);
        if (packet.type() == PacketType.CONNECT) {
            return onConnect(namespace, packet, member != null);
        }
        if (member == null) {
            return false;
        }
        Arguments arguments = new Arguments(packet.arguments(), attachments);
        switch (packet.type()) {
            case EVENT, BINARY_EVENT -> onEvent(member, packet, arguments);
            case ACK, BINARY_ACK -> packet.id().ifPresent(id -> member.socket.onAcknowledged(id, arguments));
            case DISCONNECT -> forget(namespace, DisconnectReason.CLIENT);
            case CONNECT, CONNECT_ERROR -> throw new IllegalStateException("type: " + packet.type());
        }
        return true;
    }

    private boolean onConnect(String namespace, Packet packet, boolean connected) {
        if (connected) {
            return isV3(); // Clients of revision 4 may repeat the merged CONNECT, those of revision 5 may not.
        }
        connect(
                namespace,
                isV3()
                        ? ConnectPayload.ofNamespace(packet.namespace())
                        : ConnectPayload.ofAuth(packet.arguments().stream().findFirst()));
        return true;
    }

    private void connect(String namespace, ConnectPayload said) {
        Optional<SocketAcceptor> acceptor = server.acceptor(namespace);
        if (acceptor.isEmpty()) {
            String error = isV3() ? "\"Invalid namespace\"" : "{\"message\":\"Invalid namespace\"}";
            session.sendText(PacketEncoder.control(PacketType.CONNECT_ERROR, namespace, error));
            return;
        }
        stopExpecting();
        Socket socket = new Socket(socketId(namespace), namespace, this, said);
        String payload = isV3() ? "" : "{\"sid\":\"" + socket.id() + "\"}";
        session.sendText(PacketEncoder.control(PacketType.CONNECT, namespace, payload));
        Member member = new Member(socket, acceptor.get().accept(socket));
        if (sockets.isEmpty()) {
            sockets = Map.of(namespace, member);
        } else {
            Map<String, Member> more = new HashMap<>(sockets);
            more.put(namespace, member);
            sockets = Map.copyOf(more);
        }
    }

    /** In revision 4 the id follows from the session's, and the client computes it too. */
    private SocketId socketId(String namespace) {
        if (!isV3()) {
            return server.newSocketId();
        }
        boolean isDefault = namespace.equals(SocketIoServer.DEFAULT_NAMESPACE);
        return new SocketId(isDefault ? session.id() : namespace + "#" + session.id());
    }

    private void onEvent(Member member, Packet packet, Arguments arguments) {
        String event = EventName.of(packet.arguments().get(0)).orElseThrow();
        Arguments rest =
                new Arguments(arguments.values().subList(1, arguments.values().size()), arguments.attachments());
        Consumer<Arguments> acknowledge = answer -> packet.id().ifPresent(id -> member.socket.acknowledge(id, answer));
        try {
            member.listener.onEvent(event, rest, acknowledge);
        } catch (RuntimeException bug) {
            session.inbound().refusals().addFailure(session.client(), "event " + event, bug);
        }
    }

    /** Sends one socket away. */
    void disconnect(Socket socket) {
        session.sendText(PacketEncoder.control(PacketType.DISCONNECT, socket.namespace(), ""));
        forget(socket.namespace(), DisconnectReason.SERVER);
    }

    private void forget(String namespace, DisconnectReason reason) {
        Member gone = sockets.get(namespace);
        if (gone != null) {
            Map<String, Member> left = new HashMap<>(sockets);
            left.remove(namespace);
            sockets = Map.copyOf(left);
            gone.listener.onDisconnect(reason);
        }
    }

    @Override
    public void onClose(CloseReason reason) {
        stopExpecting();
        incomplete.ifPresent(expected -> dropIncomplete());
        sockets.keySet().forEach(namespace -> forget(namespace, DisconnectReason.of(reason)));
    }
}
