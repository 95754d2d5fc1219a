package dev.echoserver.census;

import java.util.concurrent.CompletionStage;

/** Counts sockets and subscribers. */
@FunctionalInterface
public interface Census {

    /**
     * Counts what there is now. Any thread; returns at once.
     *
     * @return completes on any thread, exceptionally with a {@link CensusException} if a part of the count is missing:
     *     a number that is too small is never given
     */
    CompletionStage<Count> count(Selection channels);
}
