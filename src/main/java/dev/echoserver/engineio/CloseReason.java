package dev.echoserver.engineio;

/**
 * Why a session ended, in the words of the reference where it has them; and with that, how its transport ends.
 *
 * <p>Unlike laravel-echo-server, a transport that ends by our decision ends without a word of that: the TCP connection of a
 * WebSocket without a close frame, a parked poll with status 400 as any later one. Some clients do not come back otherwise.
 * Measured with the default heartbeat, from the end to the client's {@code disconnect}, behind which its own delay begins:
 *
 * <pre>
 *                                        WebSocket, or upgraded          polling
 *                                        close frame   end of TCP        CLOSE     400
 * socket.io-client 2.5, 3.1, 4.8         at once       at once           at once   at once
 * io.socket:socket.io-client 1.0, 2.1    20-45 s (a)   at once           at once   at once
 * python-socketio 5.7                    at once       at once           never (b) at once
 * </pre>
 *
 * <p>(a) OkHttp stops reading behind a close frame, and its listener only waits for a close that it would have to begin; the
 * missing ping ends that. (b) It takes CLOSE for its own decision, and does not connect again.
 *
 * <p>What a client did wrong is answered as by the reference, with a close frame or CLOSE. A socket that is to stay away
 * gets DISCONNECT of Socket.IO, which is no end of a transport.
 */
public enum CloseReason {
    /** The client closed, or its connection broke. */
    TRANSPORT_CLOSE("transport close"),
    /** The client broke a rule of its transport: two polls at once, a heartbeat from the wrong side. */
    TRANSPORT_ERROR("transport error"),
    /** The client sent something that is not a packet. */
    PARSE_ERROR("parse error"),
    /** The client was not heard of in time. */
    PING_TIMEOUT("ping timeout"),
    /** The layer above closed it. */
    FORCED_CLOSE("forced close"),
    /** The client reads more slowly than it is written to. */
    SLOW_READER("slow reader"),
    /** The server stops. */
    SERVER_SHUTTING_DOWN("server shutting down");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /** Whether this was our decision and no fault of the client's, which is to come back. */
    boolean isOurs() {
        return switch (this) {
            case PING_TIMEOUT, FORCED_CLOSE, SLOW_READER, SERVER_SHUTTING_DOWN -> true;
            case TRANSPORT_CLOSE, TRANSPORT_ERROR, PARSE_ERROR -> false;
        };
    }

    /** Whether the client can be expected to take what still waits for it. */
    boolean isClientThere() {
        return this == FORCED_CLOSE || this == SERVER_SHUTTING_DOWN;
    }

    @Override
    public String toString() {
        return text;
    }
}
