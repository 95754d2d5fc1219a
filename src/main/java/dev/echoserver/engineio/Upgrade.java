package dev.echoserver.engineio;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket that probes whether it can take over from polling.
 *
 * <p>The client sends {@code 2probe} and gets {@code 3probe}. Then its parked poll must come back so that it can stop
 * polling, and since its next poll may already be on the way, NOOP is repeated until the client says {@code 5}. Until then
 * packets go on travelling by polling.
 *
 * <p>Source: Engine.IO protocol, "Upgrade"; engine.io 6.6, {@code Socket#_maybeUpgrade}.
 */
final class Upgrade implements PacketListener {
    private static final long NOOP_EVERY_MILLIS = 100;
    private static final String PROBE = "probe";

    private final Transports transports;
    private final EventLoop loop;
    private final WebSocketTransport candidate;
    private final Future<?> timeout;
    private Future<?> noops;
    private boolean over;

    Upgrade(Transports transports, EventLoop loop, WebSocketTransport candidate, Duration timeout) {
        this.transports = transports;
        this.loop = loop;
        this.candidate = candidate;
        this.timeout = loop.schedule(this::onTimeout, timeout.toMillis(), TimeUnit.MILLISECONDS);
        this.noops = this.timeout;
    }

    @Override
    public void onPacket(Packet packet) {
        if (over) {
            return;
        }
        if (packet instanceof Packet.Text text
                && text.type() == PacketType.PING
                && text.data().equals(PROBE)) {
            candidate.send(Frames.packet(ByteBufAllocator.DEFAULT, PacketType.PONG, PROBE));
            candidate.flush();
            if (noops == timeout) {
                releasePoll();
            }
        } else if (packet.type() == PacketType.UPGRADE && noops != timeout) {
            stop();
            transports.onUpgraded(candidate);
        } else {
            fail();
        }
    }

    private void releasePoll() {
        transports.releasePoll();
        noops = loop.schedule(this::releasePoll, NOOP_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onTransportEnd(CloseReason reason) {
        if (!over) {
            fail();
        }
    }

    private void fail() {
        stop();
        candidate.close();
        transports.onUpgradeFailed();
    }

    private void onTimeout() {
        abandon();
        transports.onUpgradeFailed();
    }

    /** Ends the candidate. The client may take it for its transport by now: UPGRADE may be on its way. */
    void abandon() {
        stop();
        candidate.breakOff();
    }

    private void stop() {
        over = true;
        timeout.cancel(false);
        noops.cancel(false);
    }
}
