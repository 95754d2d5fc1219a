package dev.echoserver.chaos;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A page with laravel-echo on a WebSocket. Answers pings while it waits for something else. One thread at a time. */
final class Visitor implements AutoCloseable {
    private final RawWebSocket socket;

    private Visitor(RawWebSocket socket) {
        this.socket = socket;
    }

    /** Connects; {@code protocol} is the version of Engine.IO, 3 or 4. */
    static Visitor connect(InetSocketAddress server, int protocol) throws IOException {
        Visitor visitor = new Visitor(RawWebSocket.open(RawConnection.to(server), target(protocol)));
        if (protocol == 4) {
            visitor.socket.send("40");
        }
        visitor.await("40");
        return visitor;
    }

    /** Where a WebSocket is opened that begins a session. */
    static String target(int protocol) {
        return "/socket.io/?EIO=" + protocol + "&transport=websocket";
    }

    /** The packet that subscribes whom the application takes for {@code user}. */
    static String subscribing(String user, String channel) {
        return "42[\"subscribe\",{\"channel\":\"" + channel + "\",\"auth\":{\"headers\":{\"X-User\":\"" + user
                + "\"}}}]";
    }

    /** Asks to join. */
    @CanIgnoreReturnValue
    Visitor subscribe(String user, String channel) throws IOException {
        socket.send(subscribing(user, channel));
        return this;
    }

    /** Joins a presence channel and returns the packet that says who is in it. */
    @CanIgnoreReturnValue
    String join(String user, String room) throws IOException {
        subscribe(user, room);
        return await("42[\"presence:subscribed\",\"" + room + "\"");
    }

    /** Leaves a channel. */
    @CanIgnoreReturnValue
    Visitor unsubscribe(String channel) throws IOException {
        socket.send("42[\"unsubscribe\",{\"channel\":\"" + channel + "\"}]");
        return this;
    }

    /** Sends an event to the others in {@code channel}. */
    @CanIgnoreReturnValue
    Visitor whisper(String channel) throws IOException {
        socket.send("42[\"client event\",{\"channel\":\"" + channel + "\",\"event\":\"client-typing\",\"data\":1}]");
        return this;
    }

    /** Waits for a packet that begins with {@code start}. */
    @CanIgnoreReturnValue
    String await(String start) throws IOException {
        String packet = next();
        while (!packet.startsWith(start)) {
            packet = next();
        }
        return packet;
    }

    /** Waits for the next packet. */
    String next() throws IOException {
        String packet = socket.text();
        if (packet.equals("2")) {
            socket.send("3");
        }
        return packet;
    }

    /** What it is on. */
    RawWebSocket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
