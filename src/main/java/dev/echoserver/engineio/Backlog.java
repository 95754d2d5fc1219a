package dev.echoserver.engineio;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much memory is held by what waits for all clients together, against a bound. Each event loop tells its part. Any
 * thread.
 *
 * <p>A broadcast that waits for a thousand clients is a thousand times in the sum of their queues but once in memory,
 * while what is allocated holds more than what waits. So neither can be more than the other, and the smaller one counts.
 * The entry of each queue is on the heap besides.
 */
final class Backlog {
    private static final int HEAP_BYTES_PER_FRAME = 256; // An entry of Netty's queue, a reference to the bytes, a view.

    private final long maxBytes;
    private final LongSupplier allocatedBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong frames = new AtomicLong();

    /** @param allocatedBytes what buffers hold at the moment, for whatever purpose */
    Backlog(long maxBytes, LongSupplier allocatedBytes) {
        this.maxBytes = maxBytes;
        this.allocatedBytes = allocatedBytes;
    }

    /** So much more waits, or less. */
    void add(long moreBytes, long moreFrames) {
        bytes.addAndGet(moreBytes);
        frames.addAndGet(moreFrames);
    }

    /** What is held, in bytes. */
    long heldBytes() {
        return Math.min(bytes.get(), allocatedBytes.getAsLong()) + frames.get() * HEAP_BYTES_PER_FRAME;
    }

    /** Whether more is held than may be. */
    boolean isTooLarge() {
        return heldBytes() > maxBytes;
    }

    /** Whether there is room again, and not only for a moment. */
    boolean isRelieved() {
        return heldBytes() <= maxBytes / 4 * 3;
    }
}
