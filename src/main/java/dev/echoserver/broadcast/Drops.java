package dev.echoserver.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
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
    private static final Duration FOLDED = Duration.ofMinutes(1);
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
                log.debug("Ignored: reason={} channel={} excerpt={}", reason, printable(channel), excerpt(payload));
            }
            return;
        }
        long folded = tally.foldedUntilNow(nanoTime.getAsLong());
        if (folded >= 0) {
            log.warn(
                    "Broadcast dropped: reason={} channel={} folded={} excerpt={}",
                    reason,
                    printable(channel),
                    folded,
                    excerpt(payload));
        }
    }

    @SuppressWarnings("NullAway") // Every reason has its tally since the constructor.
    private Tally tally(DropReason reason) {
        return tallies.get(reason);
    }

    private static String excerpt(byte[] payload) {
        int bytes = Math.min(payload.length, EXCERPT_CHARACTERS * MAX_BYTES_OF_A_CHARACTER);
        return printable(new String(payload, 0, bytes, UTF_8));
    }

    private static String printable(String text) {
        String shortened = text.length() <= EXCERPT_CHARACTERS ? text : text.substring(0, EXCERPT_CHARACTERS);
        return shortened.replaceAll("\\p{Cc}", "?");
    }

    private static final class Tally {
        private final LongAdder dropped = new LongAdder();
        private boolean logged;
        private long loggedAt;
        private long folded;

        /** How many lines the next one stands for, or -1 if it is too early for one. */
        synchronized long foldedUntilNow(long now) {
            if (logged && now - loggedAt < FOLDED.toNanos()) {
                folded++;
                return -1;
            }
            long before = folded;
            logged = true;
            loggedAt = now;
            folded = 0;
            return before;
        }
    }
}
