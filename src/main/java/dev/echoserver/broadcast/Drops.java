package dev.echoserver.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.log.Excerpt;
import dev.echoserver.log.Folding;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was dropped, and says so without flooding the log: per reason one line at once, then at most one a minute
 * with the number of those in between. Any thread.
 */
public final class Drops {
    private static final Logger log = LoggerFactory.getLogger(Drops.class);
    private static final int EXCERPT_CHARACTERS = 200;
    private static final int MAX_BYTES_OF_A_CHARACTER = 3;

    private final LongSupplier nanoTime;
    private final Map<DropReason, Tally> tallies = new EnumMap<>(DropReason.class);

    /** Counts from zero. {@code nanoTime} is {@code System::nanoTime} or a test's own. */
    public Drops(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        for (DropReason reason : DropReason.values()) {
            tallies.put(reason, new Tally());
        }
    }

    /** How many were dropped for {@code reason} so far. */
    public long count(DropReason reason) {
        return tally(reason).dropped.sum();
    }

    /** Counts one. {@code channel} and {@code payload} may hold anything: they are shortened and made printable. */
    public void add(DropReason reason, String channel, byte[] payload) {
        Tally tally = tally(reason);
        tally.dropped.increment();
        if (reason == DropReason.NOT_JSON) {
            if (log.isDebugEnabled()) {
                log.debug("Ignored: reason={} channel={} excerpt={}", reason, Excerpt.of(channel), excerpt(payload));
            }
            return;
        }
        tally.lines
                .next(nanoTime.getAsLong())
                .ifPresent(folded -> log.warn(
                        "Broadcast dropped: reason={} channel={} folded={} excerpt={}",
                        reason,
                        Excerpt.of(channel),
                        folded,
                        excerpt(payload)));
    }

    @SuppressWarnings("NullAway") // Every reason has its tally since the constructor.
    private Tally tally(DropReason reason) {
        return tallies.get(reason);
    }

    private static String excerpt(byte[] payload) {
        int bytes = Math.min(payload.length, EXCERPT_CHARACTERS * MAX_BYTES_OF_A_CHARACTER);
        return Excerpt.of(new String(payload, 0, bytes, UTF_8));
    }

    private static final class Tally {
        private final LongAdder dropped = new LongAdder();
        private final Folding lines = new Folding();
    }
}
