package dev.echoserver.engineio;

/**
 * Notices a client that is gone. In protocol 4 the server pings every interval and the client answers within the
 * timeout, which begins anew, once, when it sends something else first: its answer may wait behind a large message. In
 * protocol 3 the client pings, and anything it sends within interval plus timeout proves that it lives. Either way a
 * client of which nothing is heard for interval plus timeout is gone, even if a busy loop pinged it late.
 *
 * <p>Source: Engine.IO protocol revisions 3 and 4, "Heartbeat"; engine.io 6.6.13, {@code Socket#onPacket}. Confined to the
 * session's event loop.
 */
final class Heartbeat extends WaitingList.Entry {
    private final Heartbeats loop;
    private final Client client;
    private final boolean serverPings;
    private boolean isPinged;
    private boolean isExtended;
    private long heardNanos;

    /** Whose heart it is. */
    interface Client {
        /** A ping is due. */
        void ping();

        /** Nothing was heard for too long. */
        void onSilence();
    }

    /** A client that was heard just now. */
    Heartbeat(Heartbeats loop, Protocol protocol, Client client) {
        this.loop = loop;
        this.client = client;
        this.serverPings = protocol == Protocol.V4;
        heard();
    }

    /** The client sent anything at all. */
    void spoke() {
        if (!serverPings) {
            heard();
        } else if (isPinged && !isExtended) {
            isExtended = true;
            leave();
            heardNanos =
                    loop.nowNanos() - loop.intervalNanos(); // No sooner than those that wait: all of them are pinged.
            loop.toAnswer().add(this);
        }
    }

    /** The client answered a ping (4), or sent anything at all (3). */
    void heard() {
        leave();
        isPinged = false;
        isExtended = false;
        heardNanos = loop.nowNanos();
        (serverPings ? loop.toBePinged() : loop.toSpeak()).add(this);
    }

    void stop() {
        leave();
    }

    @Override
    long heardNanos() {
        return heardNanos;
    }

    @Override
    void onDue() {
        if (serverPings && !isPinged) {
            isPinged = true;
            loop.toAnswer().add(this);
            client.ping();
        } else {
            client.onSilence();
        }
    }
}
