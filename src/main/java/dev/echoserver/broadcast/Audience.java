package dev.echoserver.broadcast;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who listens on this node, as far as a source has to know. */
@FunctionalInterface
public interface Audience {
    /** Nobody. */
    Audience NONE = name -> CompletableFuture.completedStage(Set.of());

    /**
     * Which channels with a subscriber have a name by which {@code name} ends, {@code name} itself among them. Too slow to
     * be asked for each broadcast. Any thread; completes on any thread.
     */
    CompletionStage<Set<String>> joinedEndsOf(String name);
}
