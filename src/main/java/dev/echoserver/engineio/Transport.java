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

    /** Whether bytes wait for the client to take them. */
    default boolean isWaiting() {
        return waitingBytes() > 0;
    }

    /** How many bytes wait for the client to take them. */
    long waitingBytes();

    /** How many buffers these bytes are in. */
    int waitingFrames();

    /** How long the client has read nothing although something waits; for calls at regular times. */
    long nanosWithoutProgress(long nowNanos);

    /** Ends the transport and tells the client so, if it listens. Idempotent. */
    void close();

    /**
     * Ends the transport behind what was sent, as a network that fails would: nothing tells the client that this was meant,
     * so it comes back. Idempotent. Which clients need that: {@link CloseReason}.
     */
    void breakOff();

    /** Ends the transport at once, without waiting for a client that may not read. */
    void abort();

    /** Runs {@code action}, on an event loop, once nothing of an ended transport is left but what the kernel has to send. */
    void whenGone(Runnable action);
}
