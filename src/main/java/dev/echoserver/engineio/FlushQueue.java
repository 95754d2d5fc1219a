package dev.echoserver.engineio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The sessions of one event loop that were written to and want one flush each.
 *
 * <p>The flush is a task of its own behind whatever the loop is doing, so everything that a round of work sends to a
 * session leaves in one system call, or in one polling response. A session that could not take everything is looked at
 * every second until it has, or has stalled for too long, or too much waits for all of them. Confined to its event loop.
 */
final class FlushQueue {
    private static final long LOOK_AGAIN_MILLIS = 1000;

    private final EventLoop loop;
    private final long maxStallNanos;
    private final Relief relief;
    private List<Session> touched = new ArrayList<>();
    private List<Session> spare = new ArrayList<>();
    private final Set<Session> waiting = new HashSet<>();
    private boolean relievesSoon;

    FlushQueue(EventLoop loop, Duration maxStall, Relief relief) {
        this.loop = loop;
        this.relief = relief;
        this.maxStallNanos = maxStall.toNanos();
    }

    /** Flushes {@code session} soon; call once per session and round. */
    void add(Session session) {
        if (touched.isEmpty()) {
            loop.execute(this::flush);
        }
        touched.add(session);
    }

    private void flush() {
        List<Session> round = touched;
        touched = spare;
        for (Session session : round) {
            session.isFlushed();
            flush(session);
        }
        round.clear();
        spare = round;
    }

    /** Flushes {@code session} now. */
    void flush(Session session) {
        session.outbound().flush();
        if (!session.isWaiting()) {
            return;
        }
        if (waiting.add(session) && waiting.size() == 1) {
            lookAgainLater();
        }
        relieveSoon();
    }

    /** In a task of its own: whoever flushes may be walking over its subscribers, and some may be ended. */
    private void relieveSoon() {
        if (!relievesSoon) {
            relievesSoon = true;
            loop.execute(this::relieve);
        }
    }

    private void relieve() {
        relievesSoon = false;
        relief.lookAtTimes(waiting, loop.ticker().nanoTime());
    }

    private void lookAgainLater() {
        Future<?> unused = loop.schedule(this::lookAgain, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookAgain() {
        long now = loop.ticker().nanoTime();
        List.copyOf(waiting).forEach(session -> endIfStalled(session, now));
        waiting.removeIf(session -> !session.isWaiting());
        relief.look(waiting, now);
        if (!waiting.isEmpty()) {
            lookAgainLater();
        }
    }

    private void endIfStalled(Session session, long nowNanos) {
        if (session.isWaiting() && session.outbound().nanosWithoutProgress(nowNanos) > maxStallNanos) {
            session.endSlow(SlowReaders.Cause.STALL);
        }
    }
}
