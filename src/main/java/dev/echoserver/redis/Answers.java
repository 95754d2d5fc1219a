package dev.echoserver.redis;

import io.lettuce.core.RedisException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits for Redis, where a thread may. */
final class Answers {
    private Answers() {}

    /**
     * What {@code asked} completes with; its own timeout ends the wait.
     *
     * @throws RedisException if it fails, with the reason as cause
     */
    static <T> T of(CompletionStage<T> asked) {
        try {
            return asked.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new RedisException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException(e);
        }
    }
}
