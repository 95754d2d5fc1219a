package dev.echoserver.redis;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Has what concerns the same key happen one after the other, in the order of the calls. Any thread. */
final class InTurn<K> {
    private final Map<K, CompletableFuture<?>> last = new ConcurrentHashMap<>();

    /** Begins {@code step} once all before it for {@code key} have ended, however they ended. */
    <T> CompletionStage<T> after(K key, Supplier<CompletionStage<T>> step) {
        CompletableFuture<T> own = new CompletableFuture<>();
        CompletionStage<?> before = last.put(key, own);
        if (before == null) {
            begin(step, own);
        } else {
            before.whenComplete((result, failure) -> begin(step, own));
        }
        return own.whenComplete((result, failure) -> last.remove(key, own));
    }

    private static <T> void begin(Supplier<CompletionStage<T>> step, CompletableFuture<T> own) {
        step.get().whenComplete((result, failure) -> {
            if (failure == null) {
                own.complete(result);
            } else {
                own.completeExceptionally(failure);
            }
        });
    }
}
