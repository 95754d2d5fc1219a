package dev.echoserver.live;

import dev.echoserver.census.Census;
import dev.echoserver.census.Count;
import dev.echoserver.census.Selection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Finds out why an event reached nobody. The sockets are counted once a second at most. Any thread. */
public final class Hints {
    private static final long VALID_NANOS = 1_000_000_000L;

    private final Census sockets;
    private final RefusedJoins refusals;
    private final LongSupplier nanoTime;
    private CompletionStage<Count> latest = CompletableFuture.completedStage(Count.ZERO);
    private boolean isCounted;
    private long countedAt;

    /**
     * Hints by what {@code sockets} counts.
     *
     * @param refusals of browsers that wanted to be on a channel
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public Hints(Census sockets, RefusedJoins refusals, LongSupplier nanoTime) {
        this.sockets = sockets;
        this.refusals = refusals;
        this.nanoTime = nanoTime;
    }

    /** What is to be said about {@code sighting}; completes on any thread, never exceptionally. */
    CompletionStage<List<String>> about(Sighting sighting) {
        if (!sighting.reachedNobody()) {
            return CompletableFuture.completedStage(Diagnosis.of(sighting, Count.ZERO, Optional.empty()));
        }
        Optional<String> refused = refusals.of(sighting.channel()).map(this::text);
        return count().handle(
                        (count, failure) -> Diagnosis.of(sighting, failure == null ? count : Count.ZERO, refused));
    }

    private String text(RefusedJoins.Refusal refusal) {
        long seconds = refusal.ago(nanoTime.getAsLong()).toSeconds();
        return (refusal.times() == 1 ? "A browser was" : refusal.times() + " browsers were")
                + " refused this channel, last " + seconds + " s ago with status " + refusal.status() + ": "
                + refusal.reason() + ". The log of the server has the cure.";
    }

    private synchronized CompletionStage<Count> count() {
        long now = nanoTime.getAsLong();
        if (!isCounted || now - countedAt >= VALID_NANOS) {
            isCounted = true;
            countedAt = now;
            latest = sockets.count(Selection.startingWith(""));
        }
        return latest;
    }
}
