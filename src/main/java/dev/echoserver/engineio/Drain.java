package dev.echoserver.engineio;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Ends the sessions of a server that stops: in random order, and spread evenly over a time. A few need less: four a second
 * trouble nobody, and who tries things out with two pages does not want to wait.
 */
final class Drain {
    private static final Duration LONGEST_GAP = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<Session> sessions;
    private final CountDownLatch left;

    Drain(Collection<Session> sessions, RandomGenerator random) {
        this.sessions = new ArrayList<>(sessions);
        this.left = new CountDownLatch(this.sessions.size());
        shuffle(random);
    }

    private void shuffle(RandomGenerator random) {
        for (int last = sessions.size() - 1; last > 0; last--) {
            Collections.swap(sessions, last, random.nextInt(last + 1));
        }
    }

    /** Blocks until the last one has ended, and what it was sent has left, but not for clients that take nothing; if there is none, not at all. */
    void run(Duration over) {
        long gapNanos = Math.min(over.toNanos() / Math.max(1, sessions.size()), LONGEST_GAP.toNanos());
        for (int i = 0; i < sessions.size(); i++) {
            end(sessions.get(i), gapNanos * i);
        }
        try {
            boolean unused = left.await(over.plus(PATIENCE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Session session, long delayNanos) {
        Future<?> unused = session.loop()
                .schedule(
                        () -> {
                            session.end(CloseReason.SERVER_SHUTTING_DOWN);
                            session.outbound().whenGone(left::countDown);
                        },
                        delayNanos,
                        TimeUnit.NANOSECONDS);
    }
}
