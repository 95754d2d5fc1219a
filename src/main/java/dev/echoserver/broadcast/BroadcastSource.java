package dev.echoserver.broadcast;

/**
 * Where broadcasts come from: Redis pub/sub or the HTTP API.
 *
 * <p>Delivery is at most once. A source calls the sink on its own I/O thread, in the order in which Laravel published,
 * and never from two threads at the same time.
 */
public interface BroadcastSource extends AutoCloseable {

    /**
     * Starts delivering and returns at once. A source that cannot be reached is tried again for ever, with capped
     * back-off; each change between reachable and unreachable is logged once.
     *
     * @param sink must not block; what it throws is logged and drops that one broadcast
     * @param listener hears of each change between reachable and unreachable
     */
    void open(BroadcastSink sink, SourceListener listener);

    /** Whether what Laravel publishes now is delivered. Any thread. */
    boolean isListening();

    /** Stops delivering, then releases connections. Idempotent. */
    @Override
    void close();
}
