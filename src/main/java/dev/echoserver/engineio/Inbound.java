package dev.echoserver.engineio;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much clients may send: in one message, and in all together that have not arrived as a whole. Any thread.
 *
 * <p>What arrives in one piece, as nearly all does, is not counted, nor is what is small: a client that sends ordinary
 * events never hears of the bound, and they cost nothing more.
 */
public final class Inbound {
    /** A buffer of this size or less is not counted, so a message of half as many bytes is always let in. */
    public static final int SMALL_BYTES = 16 << 10;

    private final Bounds bounds;
    private final Refusals refusals;
    private final AtomicLong heldBytes = new AtomicLong();

    /**
     * The bounds.
     *
     * @param maxMessageBytes of one message or polling body
     * @param maxTotalBytes of all incomplete ones together
     * @param maxMessageTime how long one may take to arrive: then the client's silence ends the connection
     */
    public record Bounds(int maxMessageBytes, long maxTotalBytes, Duration maxMessageTime) {}

    /** Nothing is held yet. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    public Inbound(Bounds bounds, LongSupplier nanoTime) {
        this.bounds = bounds;
        this.refusals = new Refusals(nanoTime);
    }

    /** See {@link Bounds}. */
    public Bounds bounds() {
        return bounds;
    }

    /** What clients were refused. */
    public Refusals refusals() {
        return refusals;
    }

    /** What incomplete messages hold that are not small, in bytes. */
    public long heldBytes() {
        return heldBytes.get();
    }

    /** A claim that holds nothing yet. */
    public InboundClaim claim() {
        return new InboundClaim(this);
    }

    /** Whether there is room for {@code more} bytes, which then are held. */
    boolean take(long more) {
        if (heldBytes.addAndGet(more) <= bounds.maxTotalBytes()) {
            return true;
        }
        giveBack(more);
        return false;
    }

    void giveBack(long bytes) {
        heldBytes.addAndGet(-bytes);
    }
}
