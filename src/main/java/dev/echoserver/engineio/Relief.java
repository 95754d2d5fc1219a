package dev.echoserver.engineio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends the slowest readers of one event loop while too much waits for all clients together. Slowest is who lets most
 * wait for longest without taking anything. Confined to its event loop.
 */
final class Relief {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20); // Many may wait, and all are counted.

    private final Backlog backlog;
    private boolean looked;
    private long lookedAtNanos;
    private long bytes;
    private long frames;

    Relief(Backlog backlog) {
        this.backlog = backlog;
    }

    /** As {@link #look}, unless that was a moment ago. */
    void lookAtTimes(Collection<Session> waiting, long nowNanos) {
        if (!looked || nowNanos - lookedAtNanos >= EVERY_NANOS) {
            look(waiting, nowNanos);
        }
    }

    /** Counts what waits for {@code waiting}, which are all of this loop, and ends some of them if it must be less. */
    void look(Collection<Session> waiting, long nowNanos) {
        looked = true;
        lookedAtNanos = nowNanos;
        count(waiting);
        if (backlog.isTooLarge()) {
            endSlowest(waiting, nowNanos);
        }
    }

    private void count(Collection<Session> waiting) {
        long nowBytes = 0;
        long nowFrames = 0;
        for (Session session : waiting) {
            nowBytes += session.outbound().waitingBytes();
            nowFrames += session.outbound().waitingFrames();
        }
        add(nowBytes - bytes, nowFrames - frames);
    }

    private void add(long moreBytes, long moreFrames) {
        backlog.add(moreBytes, moreFrames);
        bytes += moreBytes;
        frames += moreFrames;
    }

    private void endSlowest(Collection<Session> waiting, long nowNanos) {
        List<Reader> readers = new ArrayList<>(waiting.size());
        waiting.forEach(session -> readers.add(Reader.of(session, nowNanos)));
        readers.sort(Reader.SLOWEST_FIRST);
        for (Reader reader : readers) {
            if (backlog.isRelieved()) {
                return;
            }
            reader.session.endSlow(SlowReaders.Cause.MEMORY);
            add(-reader.bytes, -reader.frames);
        }
    }

    /** What is known of one reader at the moment in which they are compared. */
    private record Reader(Session session, long bytes, long frames, long stallMillis) {
        static final Comparator<Reader> SLOWEST_FIRST = Comparator.<Reader>comparingLong(r -> r.bytes * r.stallMillis)
                .thenComparingLong(Reader::bytes)
                .reversed();

        static Reader of(Session session, long nowNanos) {
            Transport outbound = session.outbound();
            return new Reader(
                    session,
                    outbound.waitingBytes(),
                    outbound.waitingFrames(),
                    TimeUnit.NANOSECONDS.toMillis(outbound.nanosWithoutProgress(nowNanos)));
        }
    }
}
