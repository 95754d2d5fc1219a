package dev.echoserver.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.log.Excerpt;
import dev.echoserver.log.Tally;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final Tally<DropReason> tally = new Tally<>(DropReason.class);
    private volatile Optional<BroadcastObserver> observer = Optional.empty();

    /** Counts from zero. {@code nanoTime} is {@code System::nanoTime} or a test's own. */
    public Drops(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Has {@code watching} see every drop from now on; empty: nobody. */
    public void observe(Optional<BroadcastObserver> watching) {
        observer = watching;
    }

    /** How many were dropped for {@code reason} so far. */
    public long count(DropReason reason) {
        return tally.count(reason);
    }

    /** Counts one. {@code channel} and {@code payload} may hold anything: they are shortened and made printable. */
    public void add(DropReason reason, String channel, byte[] payload) {
        OptionalLong line = tally.add(reason, nanoTime.getAsLong());
        observer.ifPresent(watching -> watching.dropped(reason, channel, payload.length));
        if (reason == DropReason.NOT_JSON) {
            if (log.isDebugEnabled()) {
                log.debug("Ignored: reason={} channel={} bytes={}", reason, Excerpt.of(channel), payload.length);
            }
        } else {
            line.ifPresent(folded -> log.warn(
                    "Broadcast dropped: reason={} ({}) channel={} bytes={} folded={}{}",
                    reason,
                    reason.text(),
                    Excerpt.of(channel),
                    payload.length,
                    folded,
                    reason.cure().isEmpty() ? "" : " cure=" + reason.cure()));
        }
        if (log.isTraceEnabled()) {
            log.trace("It was: reason={} channel={} excerpt={}", reason, Excerpt.of(channel), excerpt(payload));
        }
    }

    /** Counts one that {@code failure} kept from being sent: no memory, or a bug. */
    public void addLost(String channel, byte[] payload, Throwable failure) {
        DropReason reason = failure instanceof OutOfMemoryError ? DropReason.NO_MEMORY : DropReason.BUG;
        observer.ifPresent(watching -> watching.dropped(reason, channel, payload.length));
        tally.add(reason, nanoTime.getAsLong())
                .ifPresent(folded -> log.error(
                        "Broadcast lost: reason={} channel={} bytes={} folded={} cure=\"{}\"",
                        reason,
                        Excerpt.of(channel),
                        payload.length,
                        folded,
                        reason == DropReason.NO_MEMORY ? "raise -XX:MaxDirectMemorySize" : "report it",
                        failure));
    }

    private static String excerpt(byte[] payload) {
        int bytes = Math.min(payload.length, EXCERPT_CHARACTERS * MAX_BYTES_OF_A_CHARACTER);
        return Excerpt.of(new String(payload, 0, bytes, UTF_8));
    }
}
