package dev.echoserver.interop;

import java.net.URI;
import java.time.Duration;

/**
 * A started server of the matrix.
 *
 * @param url its base URL
 * @param stop ends it
 */
public record RunningPeer(URI url, Runnable stop) implements AutoCloseable {
    /** The heartbeat of all servers of the matrix: short, so that a lost connection is noticed within seconds. */
    public static final Duration PING_INTERVAL = Duration.ofSeconds(1);

    /** How long a server of the matrix waits for the answer to its heartbeat. */
    public static final Duration PING_TIMEOUT = Duration.ofSeconds(4);

    /** A server on a loopback port. */
    public RunningPeer(int port, Runnable stop) {
        this(URI.create("http://127.0.0.1:" + port), stop);
    }

    @Override
    public void close() {
        stop.run();
    }
}
