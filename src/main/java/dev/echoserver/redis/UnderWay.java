package dev.echoserver.redis;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attempts to connect that have not ended, so that closing can wait for them. Any thread. */
final class UnderWay {
    private static final Logger log = LoggerFactory.getLogger(UnderWay.class);

    private final List<CompletableFuture<?>> attempts = new ArrayList<>();
    private boolean closed;

    /** Begins {@code attempt}, which must not block; fails at once when closed. */
    <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> attempt) {
        CompletableFuture<T> begun;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedStage(new RedisException("closed"));
            }
            begun = attempt.get().toCompletableFuture();
            attempts.add(begun);
        }
        return begun.whenComplete((result, failure) -> forgetEnded());
    }

    private synchronized void forgetEnded() {
        attempts.removeIf(CompletableFuture::isDone);
    }

    /** Begins no more, and waits for those that have begun, for {@code patience} at most. */
    void end(Duration patience) {
        CompletableFuture<?>[] left;
        synchronized (this) {
            closed = true;
            left = attempts.toArray(CompletableFuture[]::new);
        }
        try {
            CompletableFuture.allOf(left).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("Closed while connecting", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
