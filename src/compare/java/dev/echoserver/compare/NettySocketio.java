package dev.echoserver.compare;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.listener.ClientListeners;
import com.corundumstudio.socketio.listener.MultiTypeEventListener;
import dev.echoserver.interop.Peer;
import dev.echoserver.interop.RunningPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The behaviour of {@code reference-server.mjs} on netty-socketio, as far as its API goes.
 *
 * <p>It goes nearly all the way: there is no way to close a transport without a DISCONNECT packet, and the arguments of an
 * event need one declared class each, so binary data inside objects arrives as text. Everything is left as it comes but
 * the heartbeat, the size limits of the matrix and {@code randomSession}, without which a cookie chooses the session.
 */
final class NettySocketio {
    private static final int MAX_MESSAGE_BYTES = 1024 * 1024;
    private static final int BURST_AT_ONCE = 1200;
    private static final int BURST_CHUNK = 100;
    private static final int BURST_PAUSE_MILLIS = 10;
    private static final Class<?>[] ANY_ARGUMENTS =
            Collections.nCopies(16, Object.class).toArray(Class<?>[]::new);

    private final SocketIOServer server;

    private NettySocketio(SocketIOServer server) {
        this.server = server;
    }

    /** The library as a server of the matrix. */
    static Peer peer() {
        return new Peer("netty-socketio", NettySocketio::start);
    }

    private static RunningPeer start() {
        Configuration configuration = configuration();
        SocketIOServer server = new SocketIOServer(configuration);
        new NettySocketio(server).listen();
        server.start();
        return new RunningPeer(configuration.getPort(), server::stop);
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(freePort());
        configuration.setPingInterval(Math.toIntExact(RunningPeer.PING_INTERVAL.toMillis()));
        configuration.setPingTimeout(Math.toIntExact(RunningPeer.PING_TIMEOUT.toMillis()));
        configuration.setMaxHttpContentLength(MAX_MESSAGE_BYTES);
        configuration.setMaxFramePayloadLength(MAX_MESSAGE_BYTES);
        configuration.setRandomSession(true);
        configuration.setAckMode(AckMode.MANUAL);
        return configuration;
    }

    /** It cannot tell which port it took, so it is told a port that was free a moment ago. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        server.addConnectListener(this::burstThroughTheUpgrade);
        listen(server);
        listen(server.addNamespace("/custom"));
    }

    private void listen(ClientListeners to) {
        on(to, "echo", (client, args, ack) -> client.sendEvent("echo-back", array(args)));
        on(to, "ack", (client, args, ack) -> ack.sendAckData(array(args)));
        on(to, "ask", (client, args, ack) -> client.sendEvent("question", answered(client), array(args)));
        on(to, "burst", (client, args, ack) -> tick(client, 0, ((Number) args.get(0)).intValue()));
        on(
                to,
                "broadcast-me",
                (client, args, ack) -> client.sendEvent("App\\Events\\Tricky", "chan", args.get(0)));
        on(to, "kick", (client, args, ack) -> client.disconnect());
        on(
                to,
                "count",
                (client, args, ack) -> ack.sendAckData(
                        server.getNamespace("").getAllClients().size()));
    }

    private static void on(ClientListeners listeners, String event, MultiTypeEventListener listener) {
        listeners.addMultiTypeEventListener(event, listener, ANY_ARGUMENTS);
    }

    private static MultiTypeAckCallback answered(SocketIOClient client) {
        return new MultiTypeAckCallback(ANY_ARGUMENTS) {
            @Override
            public void onSuccess(MultiTypeArgs answer) {
                client.sendEvent("answered", array(answer));
            }
        };
    }

    private static Object[] array(MultiTypeArgs args) {
        return args.getArgs().toArray();
    }

    private void burstThroughTheUpgrade(SocketIOClient client) {
        String burst = client.getHandshakeData().getSingleUrlParam("burst");
        if (burst != null) {
            int n = Integer.parseInt(burst);
            tick(client, 0, Math.min(n, BURST_AT_ONCE));
            later(client, BURST_AT_ONCE, n);
        }
    }

    private static void later(SocketIOClient client, int from, int n) {
        if (from < n && client.getNamespace().getClient(client.getSessionId()) != null) {
            CompletableFuture.delayedExecutor(BURST_PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        tick(client, from, Math.min(n, from + BURST_CHUNK));
                        later(client, from + BURST_CHUNK, n);
                    });
        }
    }

    private static void tick(SocketIOClient client, int from, int to) {
        for (int i = from; i < to; i++) {
            client.sendEvent("tick", i);
        }
    }
}
