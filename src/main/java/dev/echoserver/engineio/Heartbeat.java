package dev.echoserver.engineio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Notices a client that is gone. In protocol 4 the server pings every interval and the client answers within the
 * timeout; in protocol 3 the client pings, and anything it sends within interval plus timeout proves that it lives. Either
 * way a client of which nothing is heard for interval plus timeout is gone, even if a busy loop pinged it late.
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
        this.timer = expect();
    }

    /** The client answered a ping (4), or sent anything at all (3). */
    void heard() {
        if (serverPings) {
            timer.cancel(false);
            timer = expect();
        } else {
            deadlineNanos = now() + patienceNanos();
        }
    }

    void stop() {
        timer.cancel(false);
    }

    private Future<?> expect() {
        deadlineNanos = now() + patienceNanos();
        return serverPings
                ? loop.schedule(this::sendPing, pings.interval().toNanos(), TimeUnit.NANOSECONDS)
                : awaitDeadline();
    }

    private void sendPing() {
        timer = awaitDeadline();
        ping.run();
    }

    private Future<?> awaitDeadline() {
        return loop.schedule(this::checkDeadline, deadlineNanos - now(), TimeUnit.NANOSECONDS);
    }

    private void checkDeadline() {
        if (deadlineNanos - now() <= 0) {
            dead.run();
        } else {
            timer = awaitDeadline();
        }
    }

    private long patienceNanos() {
        return pings.interval().plus(pings.timeout()).toNanos();
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
