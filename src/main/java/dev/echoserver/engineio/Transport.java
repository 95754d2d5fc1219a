package dev.echoserver.engineio;

import io.netty.buffer.ByteBuf;

/** How a session's packets travel; lives on the session's event loop. */
sealed interface Transport permits PollingTransport, WebSocketTransport {

    TransportName name();

    /**
     * Queues frames until the next {@link #flush}; takes over the caller's reference.
     *
     * @return false if the client reads too slowly for what already waits; the frames are released
     */
    boolean send(ByteBuf frames);

    /** Hands what waits to the client as far as it can take it. */
    void flush();

    /** Ends the transport: tells the client if it can, then releases everything. Idempotent. */
    void close();
}
