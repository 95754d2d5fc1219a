package dev.echoserver.engineio;

import java.util.Optional;

/**
 * The transport that a session has now, and its upgrade to a WebSocket while that is under way.
 *
 * <p>The order of packets survives the upgrade because the client stops polling before it sends UPGRADE, and what still
 * waits here then moves over before anything newer is sent.
 *
 * <p>Source: Engine.IO protocol, "Upgrade". Confined to the session's event loop.
 */
final class Transports {
    private final Session session;
    private final SessionHost host;
    private Transport current;
    private Optional<Upgrade> upgrade = Optional.empty();

    Transports(Session session, SessionHost host, Transport first) {
        this.session = session;
        this.host = host;
        this.current = first;
    }

    Transport current() {
        return current;
    }

    /** The present transport if it is polling. */
    Optional<PollingTransport> polling() {
        return current instanceof PollingTransport polling ? Optional.of(polling) : Optional.empty();
    }

    /** Whether a WebSocket is probing. */
    boolean isUpgrading() {
        return upgrade.isPresent();
    }

    /** Whether a WebSocket may probe now. */
    private boolean mayUpgrade() {
        return session.isOpen() && host.settings().upgrades() && polling().isPresent() && !isUpgrading();
    }

    /** Lets {@code candidate} probe, if one may; else closes it, and nothing that it says is heard. */
    void probe(WebSocketTransport candidate) {
        if (!mayUpgrade()) {
            candidate.close();
            return;
        }
        Upgrade begun =
                new Upgrade(this, session.loop(), candidate, host.settings().upgradeTimeout());
        upgrade = Optional.of(begun);
        candidate.listener(begun);
    }

    /** Lets a parked poll return, so that the client can stop polling. */
    void releasePoll() {
        polling().ifPresent(PollingTransport::noop);
    }

    /** The probing WebSocket gave up or was given up; polling goes on. */
    void onUpgradeFailed() {
        upgrade = Optional.empty();
    }

    /** The probing WebSocket takes over. */
    void onUpgraded(WebSocketTransport successor) {
        upgrade = Optional.empty();
        successor.listener(session);
        polling().ifPresent(polling -> polling.moveTo(successor));
        current = successor;
        host.connections().upgraded(session.handshake().protocol());
        session.flushSoon();
    }

    /** Ends the present transport and the upgrade. */
    void close(CloseReason reason) {
        upgrade.ifPresent(Upgrade::abandon);
        if (reason.isOurs()) {
            current.breakOff();
        } else {
            current.close();
        }
    }

    /** Whether packets wait for a poll of the client. */
    boolean holdPackets() {
        return polling().filter(polling -> !polling.isDrained()).isPresent();
    }
}
