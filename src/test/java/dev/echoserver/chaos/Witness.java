package dev.echoserver.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A good client that keeps book of what it is told. It comes back when it is disconnected, and asks again if refused. */
final class Witness implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Executor PAUSE = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);

    private final URI server;
    private final String user;
    private final List<String> channels;
    private final boolean isOld;
    private final BitSet heard = new BitSet();
    private final Set<String> present = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> whispers = new TreeSet<>();
    private Optional<WebSocket> socket = Optional.empty();
    private CompletionStage<?> sent = CompletableFuture.completedStage(null);
    private int last = -1;
    private int ends;
    private int refusals;
    private boolean isOver;

    /** Connects as {@code user}, with Engine.IO {@code protocol} 3 or 4, and subscribes to {@code channels}. */
    Witness(int port, int protocol, String user, List<String> channels) {
        this.server = URI.create("ws://127.0.0.1:" + port + "/socket.io/?transport=websocket&EIO=" + protocol);
        this.isOld = protocol == 3;
        this.user = user;
        this.channels = channels;
        connect();
    }

    String user() {
        return user;
    }

    /** Whether it has heard {@code number} or a later one. */
    synchronized boolean hasHeard(int number) {
        return last >= number;
    }

    /** Those of {@code numbers} that have not come since the first one that did. */
    synchronized BitSet missing(BitSet numbers) {
        BitSet missing = (BitSet) numbers.clone();
        missing.andNot(heard);
        missing.clear(0, Math.max(0, heard.nextSetBit(0)));
        return missing;
    }

    /** Whether it was there before {@code number}. */
    synchronized boolean heardBefore(int number) {
        int first = heard.nextSetBit(0);
        return first >= 0 && first < number;
    }

    /** Who is in the presence channel, as far as it has been told. */
    synchronized Set<String> present() {
        return Set.copyOf(present);
    }

    synchronized boolean hasHeardWhisper(String text) {
        return whispers.contains(text);
    }

    /** What must not be: numbers doubled or out of order, leaves of somebody who is not there. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** What it knows, for a test that fails. */
    @Override
    public synchronized String toString() {
        return user + " last=" + last + " present=" + present.size() + " ends=" + ends + " refusals=" + refusals
                + " faults=" + faults;
    }

    /** How often it was disconnected. */
    synchronized int ends() {
        return ends;
    }

    /** Sends the heartbeat, if that is the client's part. */
    void beat() {
        if (isOld) {
            send("2");
        }
    }

    void subscribe(String channel) {
        send("42[\"subscribe\",{\"channel\":\"" + channel + "\",\"auth\":{\"headers\":{\"X-User\":\"" + user
                + "\"}}}]");
    }

    void whisper(String channel, String text) {
        send("42[\"client event\",{\"channel\":\"" + channel + "\",\"event\":\"client-typing\",\"data\":\"" + text
                + "\"}]");
    }

    private synchronized void send(String packet) {
        socket.ifPresent(
                open -> sent = sent.exceptionally(lost -> null).thenCompose(before -> open.sendText(packet, true)));
    }

    private void connect() {
        var unused = HTTP.newWebSocketBuilder()
                .buildAsync(server, new Listener())
                .whenComplete((open, failure) -> {
                    if (failure != null) {
                        connectLater();
                    }
                });
    }

    private synchronized void connectLater() {
        if (!isOver) {
            PAUSE.execute(this::connect);
        }
    }

    private synchronized void begin(WebSocket open) {
        socket = Optional.of(open);
        sent = CompletableFuture.completedStage(null);
        if (!isOld) {
            send("40");
        }
    }

    private synchronized void end() {
        if (socket.isPresent()) {
            socket = Optional.empty();
            present.clear();
            ends++;
            connectLater();
        }
    }

    private synchronized void receive(String packet) {
        if (packet.equals("2")) {
            send("3");
        } else if (packet.startsWith("40")) {
            channels.forEach(this::subscribe);
        } else if (packet.startsWith("42")) {
            try {
                hear(JSON.readTree(packet.substring(2)));
            } catch (JsonProcessingException e) {
                faults.add("no JSON: " + packet);
            }
        }
    }

    private void hear(JsonNode event) {
        JsonNode data = event.path(2);
        switch (event.path(0).asText()) {
            case "number" -> count(data.asInt());
            case "client-typing" -> whispers.add(data.asText());
            case "subscription_error" -> askAgain(event.path(1).asText());
            case "presence:subscribed" -> {
                present.clear();
                data.forEach(member -> present.add(member.path("user_id").asText()));
            }
            case "presence:joining" -> present.add(data.path("user_id").asText());
            case "presence:leaving" -> leave(data.path("user_id").asText());
            default -> faults.add("unknown: " + event);
        }
    }

    private void askAgain(String channel) {
        refusals++;
        PAUSE.execute(() -> subscribe(channel));
    }

    private void count(int number) {
        if (number <= last) {
            faults.add("after " + last + " came " + number);
        }
        last = Math.max(last, number);
        heard.set(number);
    }

    private void leave(String who) {
        if (who.equals(user)) {
            faults.add("told of its own leaving");
        }
        if (!present.remove(who)) {
            faults.add("left without being there: " + who);
        }
    }

    @Override
    public synchronized void close() {
        isOver = true;
        socket.ifPresent(WebSocket::abort);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void onOpen(WebSocket open) {
            begin(open);
            open.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                receive(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            end();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            end();
        }
    }
}
