package dev.echoserver.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Tries several servers, one after another, until one answers. Begins with another one each time. Any thread. */
final class Attempts<A> {
    private final List<A> candidates;
    private final AtomicInteger begun = new AtomicInteger();

    Attempts(List<A> candidates) {
        this.candidates = List.copyOf(candidates);
    }

    /** Fails with what a server said, or, if none said anything, as the last attempt did. */
    <T> CompletionStage<T> until(Function<A, CompletionStage<T>> attempt) {
        return from(0, inTurn(), attempt);
    }

    /** All of them, in the order in which it is their turn now. */
    List<A> inTurn() {
        List<A> turn = new ArrayList<>(candidates);
        Collections.rotate(turn, -begun.getAndIncrement());
        return turn;
    }

    /** It is {@code candidate}'s turn next; one of those given. */
    void beginWith(A candidate) {
        begun.set(candidates.indexOf(candidate));
    }

    private static <A, T> CompletionStage<T> from(int at, List<A> turn, Function<A, CompletionStage<T>> attempt) {
        CompletableFuture<T> tried = attempt.apply(turn.get(at)).toCompletableFuture();
        return at + 1 == turn.size()
                ? tried
                : tried.exceptionallyCompose(failure -> from(at + 1, turn, attempt)
                        .exceptionallyCompose(last ->
                                CompletableFuture.failedStage(RedisFailure.isAnswer(failure) ? failure : last)));
    }
}
