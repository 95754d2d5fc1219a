package dev.echoserver.engineio;

import dev.echoserver.log.Tally;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the connections that were closed because their clients read too slowly, and says so: per cause one line at once,
 * then at most one a minute with the number of those in between. Any thread.
 */
public final class SlowReaders {
    private static final Logger log = LoggerFactory.getLogger(SlowReaders.class);

    private final Tally<Cause> tally = new Tally<>(Cause.class);
    private final LongSupplier nanoTime;

    /** Counts from zero. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    SlowReaders(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Which bound it was. */
    public enum Cause {
        /** Too many bytes waited for this client. */
        QUEUE("too much waits for it (limits.maxOutboundQueueBytes)"),
        /** This client took nothing for too long. */
        STALL("it takes nothing (limits.outboundStallSeconds)"),
        /** Too many bytes waited for all clients together, and this one was among the slowest. */
        MEMORY("too much waits for all clients (limits.maxOutboundBytes)");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** How many were closed for {@code cause} so far. */
    public long count(Cause cause) {
        return tally.count(cause);
    }

    /** The connection of {@code peer} is closed now, while {@code waitingBytes} wait for it. */
    void add(Cause cause, String peer, long waitingBytes) {
        tally.add(cause, nanoTime.getAsLong())
                .ifPresent(folded -> log.warn(
                        "Closed a connection that reads too slowly: peer={} reason={} waiting={} bytes folded={}",
                        peer,
                        cause,
                        waitingBytes,
                        folded));
    }
}
