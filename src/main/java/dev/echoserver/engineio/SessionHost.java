package dev.echoserver.engineio;

import io.netty.channel.EventLoop;

/** What a session needs of the server it belongs to. */
interface SessionHost {

    EngineIoSettings settings();

    /** The flush queue of {@code loop}. */
    FlushQueue flushes(EventLoop loop);

    /** The heartbeats of the sessions of {@code loop}. */
    Heartbeats heartbeats(EventLoop loop);

    /** What clients may send. */
    Inbound inbound();

    /** Where slow readers are counted. */
    SlowReaders slowReaders();

    /** How many sessions there are. */
    ConnectionCounts connections();

    /** The address of the client behind {@code handshake}, for the log. */
    String clientOf(Handshake handshake);

    /** Introduces a new session to the layer above. */
    SessionListener accept(Session session);

    /** {@code session} answers no further request. */
    void forget(Session session);
}
