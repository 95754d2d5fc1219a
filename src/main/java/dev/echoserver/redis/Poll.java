package dev.echoserver.redis;

import dev.echoserver.census.CensusException;
import dev.echoserver.census.Count;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The answers of other nodes to one question. Any thread. */
final class Poll {
    private final Set<String> missing;
    private final CompletableFuture<Count> result = new CompletableFuture<>();
    private Count sum = Count.ZERO;

    /** Waits for each of {@code nodes}, of which there is one at least. */
    Poll(Set<String> nodes) {
        this.missing = new HashSet<>(nodes);
    }

    /** Completes when nobody is missing any more. */
    CompletionStage<Count> result() {
        return result;
    }

    /** Takes the answer of the node that has these {@code names}. */
    synchronized void add(Collection<String> names, Count count) {
        sum = sum.plus(count);
        missing.removeAll(Set.copyOf(names));
        if (missing.isEmpty()) {
            result.complete(sum);
        }
    }

    /** Whoever has not answered will not. */
    synchronized void end() {
        result.completeExceptionally(new CensusException("Other servers on this Redis did not answer: "
                + String.join(", ", missing)
                + ". One that has just died is forgotten 20 seconds later; ask again then."
                + " If it lasts, look into the logs of the other servers"));
    }
}
