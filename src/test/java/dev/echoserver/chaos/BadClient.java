package dev.echoserver.chaos;

import dev.echoserver.chaos.Visit.Guest;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client that keeps its connection open and does not do what it should.
 *
 * @param name for reports
 * @param patience how long the server has, on a busy machine, to end the connection
 */
record BadClient(String name, Duration patience, Opening opening) {
    private static final Duration HEARTBEAT = WatchedServer.SILENCE.plusSeconds(4);
    private static final Duration HANDSHAKE = Duration.ofSeconds(6);
    private static final Duration REQUEST = Duration.ofSeconds(26);
    private static final int UPLOAD_BYTES = 10_000;

    /** How it begins. */
    interface Opening {
        Ending open(Guest guest) throws IOException;
    }

    /** One of each kind that is over within {@code longest}, but for those who do not read. */
    static List<BadClient> kinds(Duration longest) {
        return Stream.of(
                        new BadClient("no heartbeat", HEARTBEAT, guest -> {
                            Visitor visitor = Visitor.connect(guest.server(), guest.protocol());
                            visitor.join(guest.user(), guest.room());
                            return Ending.of(visitor.socket());
                        }),
                        new BadClient(
                                "no CONNECT",
                                HANDSHAKE,
                                guest -> Ending.of(
                                        RawWebSocket.open(RawConnection.to(guest.server()), Visitor.target(4)))),
                        new BadClient(
                                "no probe",
                                HANDSHAKE,
                                guest -> Ending.of(RawWebSocket.open(
                                        RawConnection.to(guest.server()),
                                        Visitor.target(guest.protocol()) + "&sid="
                                                + PollingVisitor.open(guest)
                                                        .client()
                                                        .sid()))),
                        new BadClient(
                                "no second poll",
                                REQUEST,
                                guest -> Ending.of(
                                        PollingVisitor.joined(guest).client().beginPoll())),
                        new BadClient(
                                "half an upload",
                                REQUEST,
                                guest -> Ending.of(RawConnection.to(guest.server())
                                        .write(RawConnection.postHead(
                                                PollingVisitor.joined(guest)
                                                        .client()
                                                        .target(),
                                                "text/plain",
                                                UPLOAD_BYTES))
                                        .write("x".repeat(UPLOAD_BYTES / 2)))),
                        new BadClient(
                                "half a request",
                                REQUEST,
                                guest -> Ending.of(
                                        RawConnection.to(guest.server()).write("GET /socket.io/?EIO=4&tran"))),
                        new BadClient("nothing at all", REQUEST, guest -> Ending.of(RawConnection.to(guest.server()))))
                .filter(kind -> kind.patience.compareTo(longest) <= 0)
                .toList();
    }
}
