package dev.echoserver.log;

import java.time.Duration;
import java.util.OptionalLong;

/** Thins out a line that repeats: it is due at once, then at most once a minute. Any thread. */
public final class Folding {
    private static final Duration FOLDED = Duration.ofMinutes(1);

    private boolean logged;
    private long loggedAt;
    private long folded;

    /**
     * Counts one line, at {@code now} on a clock like {@link System#nanoTime}.
     *
     * @return how many lines were left out before this one; empty if this one is to be left out, too
     */
    public synchronized OptionalLong next(long now) {
        if (logged && now - loggedAt < FOLDED.toNanos()) {
            folded++;
            return OptionalLong.empty();
        }
        long before = folded;
        logged = true;
        loggedAt = now;
        folded = 0;
        return OptionalLong.of(before);
    }
}
