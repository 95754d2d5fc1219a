package dev.echoserver.chaos;

import dev.echoserver.chaos.Visit.Guest;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.util.List;

/** Visits that use a WebSocket from their first moment on. */
final class WebSocketVisits {
    private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xE8};
    private static final byte[] PART_OF_A_FRAME = {(byte) 0x81, (byte) 0xFE, 0x10, 0x00, 1, 2, 3, 4, 'x', 'y', 'z'};

    private WebSocketVisits() {}

    static List<Visit> all() {
        return List.of(
                new Visit("WebSocket closed", WebSocketVisits::close),
                new Visit("WebSocket ended by FIN", WebSocketVisits::finish),
                new Visit("WebSocket reset", WebSocketVisits::reset),
                new Visit("WebSocket cut within a frame", WebSocketVisits::cutWithinFrame),
                new Visit("WebSocket left after whispers", WebSocketVisits::whisperAndLeave),
                new Visit("WebSocket cut on many channels", WebSocketVisits::cutOnManyChannels),
                new Visit("WebSocket cut while Laravel is asked", WebSocketVisits::cutWhileAsked),
                new Visit("WebSocket left while Laravel is asked", WebSocketVisits::leaveWhileAsked),
                new Visit("WebSocket disconnected from the namespace", WebSocketVisits::disconnect),
                new Visit("WebSocket silent", WebSocketVisits::keepSilent),
                new Visit("WebSocket without CONNECT", WebSocketVisits::neverConnect),
                new Visit("WebSocket handshake cut", WebSocketVisits::cutHandshake));
    }

    private static Visitor joined(Guest guest) throws IOException {
        Visitor visitor = Visitor.connect(guest.server(), guest.protocol());
        visitor.join(guest.user(), guest.room());
        return visitor;
    }

    /** Gone by FIN or by RST. */
    private static void cut(Guest guest, RawWebSocket socket) throws IOException {
        if (guest.random().nextBoolean()) {
            socket.reset();
        } else {
            socket.close();
        }
    }

    private static void close(Guest guest) throws IOException {
        try (Visitor visitor = joined(guest)) {
            visitor.socket().send(RawWebSocket.CLOSE, NORMAL_CLOSURE);
            visitor.socket().awaitEnd();
        }
    }

    private static void finish(Guest guest) throws IOException {
        joined(guest).close();
    }

    private static void reset(Guest guest) throws IOException {
        joined(guest).socket().reset();
    }

    private static void cutWithinFrame(Guest guest) throws IOException {
        Visitor visitor = joined(guest);
        visitor.socket().sendBytes(PART_OF_A_FRAME);
        cut(guest, visitor.socket());
    }

    private static void whisperAndLeave(Guest guest) throws IOException {
        String room = guest.room();
        try (Visitor visitor = Visitor.connect(guest.server(), guest.protocol())) {
            visitor.join(guest.user(), room);
            visitor.whisper(room).whisper(room).unsubscribe(room);
        }
    }

    private static void cutOnManyChannels(Guest guest) throws IOException {
        Visitor visitor = Visitor.connect(guest.server(), guest.protocol());
        for (int i = 0; i < 5; i++) {
            visitor.subscribe(guest.user(), "public-" + guest.random().nextInt(20));
        }
        visitor.subscribe(guest.user(), "private-" + guest.user());
        visitor.join(guest.user(), guest.room());
        cut(guest, visitor.socket());
    }

    private static void cutWhileAsked(Guest guest) throws IOException {
        Visitor visitor = Visitor.connect(guest.server(), guest.protocol());
        visitor.subscribe(guest.user(), "private-" + guest.user()).subscribe(guest.user(), guest.room());
        cut(guest, visitor.socket());
    }

    private static void leaveWhileAsked(Guest guest) throws IOException {
        String room = guest.room();
        try (Visitor visitor = Visitor.connect(guest.server(), guest.protocol())) {
            visitor.subscribe(guest.user(), room).unsubscribe(room).subscribe(guest.user(), room);
        }
    }

    private static void disconnect(Guest guest) throws IOException {
        Visitor visitor = joined(guest);
        visitor.socket().send("41");
        if (guest.isV4()) {
            visitor.socket().send("40");
            visitor.await("40");
        }
        cut(guest, visitor.socket());
    }

    /** Answers no ping, or sends none. */
    private static void keepSilent(Guest guest) throws IOException {
        Visitor visitor = joined(guest);
        leave(guest, visitor.socket());
    }

    private static void neverConnect(Guest guest) throws IOException {
        leave(guest, RawWebSocket.open(RawConnection.to(guest.server()), Visitor.target(guest.protocol())));
    }

    private static void leave(Guest guest, RawWebSocket socket) {
        guest.leftovers().add(Ending.of(socket));
    }

    private static void cutHandshake(Guest guest) throws IOException {
        String request = RawWebSocket.handshakeRequest(Visitor.target(guest.protocol()));
        try (RawConnection connection = RawConnection.to(guest.server())) {
            connection.write(request.substring(0, guest.random().nextInt(1, request.length() + 1)));
        }
    }
}
