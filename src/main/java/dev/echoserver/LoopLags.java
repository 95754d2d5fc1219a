package dev.echoserver;

import java.time.Duration;
import java.util.List;

/** How late the event loops of sockets are, measured from the first look on. Any thread. */
final class LoopLags {
    private final Loops loops;
    private List<LoopLag> lags = List.of();

    LoopLags(Loops loops) {
        this.loops = loops;
    }

    /** One for each loop. */
    synchronized List<LoopLag> all() {
        if (lags.isEmpty()) {
            lags = loops.all().stream().map(LoopLag::of).toList();
        }
        return lags;
    }

    /** The longest of them. */
    Duration longest() {
        double seconds = all().stream().mapToDouble(LoopLag::seconds).max().orElse(0);
        return Duration.ofNanos((long) (seconds * Duration.ofSeconds(1).toNanos()));
    }
}
