package dev.echoserver.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO client on a bare WebSocket, which sees every packet as it is on the wire. Sends no heartbeats, so it is gone
 * after {@code pingTimeout}.
 */
public final class RawClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP =
            HttpClient.newHttpClient(); // A thread each would be too many for a thousand.

    private final Listener listener;
    private final WebSocket socket;

    private RawClient(Listener listener, WebSocket socket) {
        this.listener = listener;
        this.socket = socket;
    }

    /** Connects to the default namespace; {@code protocol} is the version of Engine.IO, 3 or 4. */
    public static RawClient connect(int port, int protocol) {
        return connect(port, protocol, Map.of());
    }

    /** Connects as a browser does that sends {@code headers}. */
    public static RawClient connect(int port, int protocol, Map<String, String> headers) {
        return connect(HTTP, "ws://127.0.0.1:" + port, protocol, headers);
    }

    /** As {@link #connect(int, int, Map)} with version 4, over TLS; {@code trust} knows the server's certificate. */
    public static RawClient connectEncrypted(int port, SSLContext trust, Map<String, String> headers) {
        HttpClient http = HttpClient.newBuilder().sslContext(trust).build();
        return connect(http, "wss://127.0.0.1:" + port, 4, headers);
    }

    private static RawClient connect(HttpClient http, String origin, int protocol, Map<String, String> headers) {
        Listener listener = new Listener();
        URI uri = URI.create(origin + "/socket.io/?EIO=" + protocol + "&transport=websocket");
        WebSocket.Builder handshake = http.newWebSocketBuilder();
        headers.forEach(handshake::header);
        RawClient client =
                new RawClient(listener, handshake.buildAsync(uri, listener).join());
        if (protocol == 4) {
            client.send("40");
        }
        client.await(packet -> packet.startsWith("40"));
        return client;
    }

    /** Sends one packet. Does nothing if the connection is gone. */
    public void send(String packet) {
        try {
            socket.sendText(packet, true).join();
        } catch (CompletionException gone) {
            listener.isClosed = true;
        }
    }

    /** Sends {@code subscribe} for {@code channel}, which is put into JSON as it is. */
    public void subscribe(String channel) {
        subscribe(channel, "{}");
    }

    /** As {@link #subscribe(String)}; {@code headers} is the JSON object that the application is to be asked with. */
    public void subscribe(String channel, String headers) {
        send("42[\"subscribe\",{\"channel\":\"" + channel + "\",\"auth\":{\"headers\":" + headers + "}}]");
    }

    /** Sends {@code subscribe} for whom {@link StubApplication} takes for {@code user}. */
    public void subscribeAs(String user, String channel) {
        subscribe(channel, "{\"X-User\":\"" + user + "\"}");
    }

    /** Sends {@code unsubscribe}. */
    public void unsubscribe(String channel) {
        send("42[\"unsubscribe\",{\"channel\":\"" + channel + "\"}]");
    }

    /** Sends {@code client event}; {@code data} is JSON. */
    public void whisper(String channel, String event, String data) {
        send("42[\"client event\",{\"channel\":\"" + channel + "\",\"event\":\"" + event + "\",\"data\":" + data
                + "}]");
    }

    /** The public id of its socket, with version 4. */
    public String id() {
        return sidIn("40");
    }

    /** The secret id of its session. */
    public String sid() {
        return sidIn("0");
    }

    private String sidIn(String type) {
        return listener.packets.stream()
                .filter(packet -> packet.startsWith(type + "{"))
                .map(packet -> packet.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until a packet has come that {@code isWanted}. */
    public void await(Predicate<String> isWanted) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> has(isWanted));
    }

    /** Whether a packet has come that {@code isWanted}. */
    public boolean has(Predicate<String> isWanted) {
        return listener.packets.stream().anyMatch(isWanted);
    }

    /** The events so far, without {@code 42}, in order. */
    public List<String> events() {
        return listener.packets.stream()
                .filter(packet -> packet.startsWith("42"))
                .map(packet -> packet.substring(2))
                .toList();
    }

    /** Waits until the server has closed the connection. */
    public void awaitClosed() {
        Awaitility.await().atMost(PATIENCE).until(() -> listener.isClosed);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Listener implements WebSocket.Listener {
        private final List<String> packets = new CopyOnWriteArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private volatile boolean isClosed;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                packets.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            isClosed = true;
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            isClosed = true;
        }
    }
}
