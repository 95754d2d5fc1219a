package dev.echoserver.subscription;

import dev.echoserver.subscription.Overruns.Limit;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Bounds how many whispers one socket may send, and of how many bytes. Confined to the socket's event loop.
 *
 * <p>A stretch of dropping begins with the first whisper that is too much, and is over once nothing is missing any more.
 */
public final class WhisperBudget {
    private static final int BURST_SECONDS = 2;

    private final Budget whispers;
    private final Budget bytes;
    private boolean isDropping;

    /**
     * What is allowed.
     *
     * @param perSecond how many in the long run
     * @param burst how many at once
     * @param bytesPerSecond of their data in the long run; at once twice as many, or one whisper of any size
     */
    public record Limits(int perSecond, int burst, int bytesPerSecond) {}

    /**
     * A whisper is too much: it is to be dropped.
     *
     * @param isFirst whether a stretch of dropping begins with it
     */
    public record Excess(Limit limit, boolean isFirst) {}

    /** Nothing is spent yet. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    public WhisperBudget(Limits limits, LongSupplier nanoTime) {
        this.whispers = new Budget(limits.perSecond(), limits.burst(), nanoTime);
        this.bytes = new Budget(limits.bytesPerSecond(), (long) BURST_SECONDS * limits.bytesPerSecond(), nanoTime);
    }

    /** Takes one whisper with {@code size} bytes of data out of the budget; empty if it may be sent. */
    public Optional<Excess> spend(long size) {
        isDropping = isDropping && !(whispers.isFull() && bytes.isFull());
        if (!whispers.spend(1)) {
            return Optional.of(excess(Limit.EVENTS));
        }
        return bytes.spend(size) ? Optional.empty() : Optional.of(excess(Limit.EVENT_BYTES));
    }

    private Excess excess(Limit limit) {
        boolean isFirst = !isDropping;
        isDropping = true;
        return new Excess(limit, isFirst);
    }
}
