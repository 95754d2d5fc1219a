package dev.echoserver.engineio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the connections that were closed because their clients read too slowly, and logs them: one line at once, then
 * one a second later that says how many followed. Any thread.
 */
public final class SlowReaders {
    private static final Logger log = LoggerFactory.getLogger(SlowReaders.class);

    private final Map<Cause, LongAdder> counts = new EnumMap<>(Cause.class);
    private final AtomicBoolean logged = new AtomicBoolean();
    private final LongAdder unlogged = new LongAdder();

    SlowReaders() {
        for (Cause cause : Cause.values()) {
            counts.put(cause, new LongAdder());
        }
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
    @SuppressWarnings("NullAway") // Every cause has its count since the constructor.
    public long count(Cause cause) {
        return counts.get(cause).sum();
    }

    /** One is closed now, while {@code waitingBytes} wait for it. Called on {@code loop}. */
    @SuppressWarnings("NullAway") // Every cause has its count since the constructor.
    void add(Cause cause, SocketAddress socket, long waitingBytes, EventLoop loop) {
        counts.get(cause).increment();
        if (logged.compareAndSet(false, true)) {
            log.warn(
                    "Closed a connection that reads too slowly: socket={} reason={} waiting={} bytes",
                    socket,
                    cause,
                    waitingBytes);
            Future<?> unused = loop.schedule(this::sumUp, 1, TimeUnit.SECONDS);
        } else {
            unlogged.increment();
        }
    }

    private void sumUp() {
        logged.set(false);
        long more = unlogged.sumThenReset();
        if (more > 0) {
            log.warn("Closed more connections that read too slowly: count={} within a second", more);
        }
    }
}
