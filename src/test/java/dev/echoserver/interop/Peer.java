package dev.echoserver.interop;

import static dev.echoserver.interop.RunningPeer.PING_INTERVAL;
import static dev.echoserver.interop.RunningPeer.PING_TIMEOUT;

import dev.echoserver.engineio.EngineIoSettings.Pings;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.SocketServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A kind of server that behaves as {@code reference-server.mjs} does.
 *
 * @param name for people
 * @param start starts one with the heartbeat of the matrix, used by nothing else
 */
public record Peer(String name, Supplier<RunningPeer> start) {
    /** The reference implementation of Socket.IO: a check that fails on it is a wrong check. */
    private static final Peer REFERENCE = new Peer("reference", Peer::startReference);

    private static final Peer OURS = new Peer("ours", Peer::startOurs);

    private static final String URL_PROPERTY = "interop.url";
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    /** The servers to test: the one at the system property {@code interop.url} alone if there is one, else all. */
    public static List<Peer> all() {
        return given().map(List::of).orElseGet(() -> List.of(REFERENCE, OURS));
    }

    /** The server at the system property {@code interop.url}, which outlives the tests. */
    static Optional<Peer> given() {
        return Optional.ofNullable(System.getProperty(URL_PROPERTY))
                .map(url -> new Peer(url, () -> new RunningPeer(URI.create(url), () -> {})));
    }

    @Override
    public String toString() {
        return name;
    }

    private static RunningPeer startOurs() {
        SocketServer server = InteropServer.start(new Pings(PING_INTERVAL, PING_TIMEOUT));
        return new RunningPeer(server.port(), server::close);
    }

    private static RunningPeer startReference() {
        NodeProcess server = NodeProcess.start(
                "reference-server.mjs",
                "--ping-interval=" + PING_INTERVAL.toMillis(),
                "--ping-timeout=" + PING_TIMEOUT.toMillis());
        int port = Integer.parseInt(server.awaitLine("listening on ", START_LIMIT));
        return new RunningPeer(port, server::close);
    }
}
