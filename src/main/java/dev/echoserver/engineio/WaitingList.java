package dev.echoserver.engineio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Entries that are all due the same time after they were heard of. So they are due in the order in which they came, and
 * one timer serves them all; it rests for a thousandth of that time, and for 20 ms at most, so none is later than that.
 * Confined to its event loop.
 */
final class WaitingList {
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int PAUSES_PER_DELAY = 1_000;

    private final EventLoop loop;
    private final long delayNanos;
    private final long pauseNanos; // Thousands may be due every second; they share a sweep.
    private final Entry end = new End();
    private boolean isTimed;

    WaitingList(EventLoop loop, long delayNanos) {
        this.loop = loop;
        this.delayNanos = delayNanos;
        this.pauseNanos = Math.min(LONGEST_PAUSE_NANOS, delayNanos / PAUSES_PER_DELAY);
    }

    /** Something that waits in one list at a time: a link of a ring, which costs less memory than a collection. */
    abstract static sealed class Entry permits Heartbeat, End {
        private Entry previous = this;
        private Entry next = this;

        /** When it was heard of; does not change while it waits. */
        abstract long heardNanos();

        /** It is due, and waits no more. */
        abstract void onDue();

        /** Waits no more. Idempotent. */
        final void leave() {
            previous.next = next;
            next.previous = previous;
            previous = this;
            next = this;
        }
    }

    /** What stands before the first entry and behind the last. */
    private static final class End extends Entry {
        @Override
        long heardNanos() {
            return 0;
        }

        @Override
        void onDue() {}
    }

    /** Lets {@code entry} wait, which was heard of no sooner than those that wait already. */
    void add(Entry entry) {
        entry.previous = end.previous;
        entry.next = end;
        end.previous.next = entry;
        end.previous = entry;
        if (!isTimed) {
            sweepAfter(nanosLeft(entry));
        }
    }

    private void sweepAfter(long nanos) {
        isTimed = true;
        Future<?> unused = loop.schedule(this::sweep, nanos, TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        isTimed = false;
        long earliestNanos = 0;
        try {
            for (Entry first = end.next; first != end && nanosLeft(first) <= 0; first = end.next) {
                earliestNanos = pauseNanos;
                first.leave();
                first.onDue();
            }
        } finally {
            if (!isTimed && end.next != end) {
                sweepAfter(Math.max(nanosLeft(end.next), earliestNanos));
            }
        }
    }

    private long nanosLeft(Entry entry) {
        return entry.heardNanos() + delayNanos - loop.ticker().nanoTime();
    }
}
