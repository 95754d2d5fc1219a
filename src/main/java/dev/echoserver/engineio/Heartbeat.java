package dev.echoserver.engineio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Notices a client that is gone. In protocol 4 the server pings every interval and the client answers within the
 * timeout; in protocol 3 the client pings, and anything it sends within interval plus timeout proves that it lives.
 *
 * <p>Source: Engine.IO protocol revisions 3 and 4, "Heartbeat". Confined to the session's event loop; one timer.
 */
final class Heartbeat {
    private final EngineIoSettings.Pings pings;
    private final boolean serverPings;
    private final EventLoop loop;
    private final Runnable ping;
    private final Runnable dead;
    private Future<?> timer;
    private long deadlineNanos;

    Heartbeat(EngineIoSettings.Pings pings, Protocol protocol, EventLoop loop, Runnable ping, Runnable dead) {
        this.pings = pings;
        this.serverPings = protocol == Protocol.V4;
        this.loop = loop;
        this.ping = ping;
        this.dead = dead;
        this.timer = serverPings ? pingLater() : expectPing();
    }

    /** The client answered a ping (4), or sent anything at all (3). */
    void heard() {
        if (serverPings) {
            timer.cancel(false);
            timer = pingLater();
        } else {
            deadlineNanos = loop.ticker().nanoTime() + patienceNanos();
        }
    }

    void stop() {
        timer.cancel(false);
    }

    private Future<?> pingLater() {
        return loop.schedule(this::sendPing, pings.interval().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void sendPing() {
        timer = loop.schedule(dead, pings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        ping.run();
    }

    private Future<?> expectPing() {
        deadlineNanos = loop.ticker().nanoTime() + patienceNanos();
        return loop.schedule(this::checkDeadline, patienceNanos(), TimeUnit.NANOSECONDS);
    }

    private void checkDeadline() {
        long left = deadlineNanos - loop.ticker().nanoTime();
        if (left <= 0) {
            dead.run();
        } else {
            timer = loop.schedule(this::checkDeadline, left, TimeUnit.NANOSECONDS);
        }
    }

    private long patienceNanos() {
        return pings.interval().plus(pings.timeout()).toNanos();
    }
}
