package dev.echoserver.laravel;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.echoserver.auth.AuthQuestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The questions that have no answer yet, oldest first, so that one timer is enough for all. Any thread. */
final class OpenQuestions {
    private final long maxWait;
    private final LongSupplier nanoTime;
    private final Consumer<Pending> onLate;
    private final Map<AuthQuestion, Pending> open = new LinkedHashMap<>();
    private boolean isTimerOn;

    /** Hands a question to {@code onLate} when it has been open for {@code maxWait} by the clock {@code nanoTime}. */
    OpenQuestions(Duration maxWait, LongSupplier nanoTime, Consumer<Pending> onLate) {
        this.maxWait = maxWait.toNanos();
        this.nanoTime = nanoTime;
        this.onLate = onLate;
    }

    /** Adds {@code question}, unless the same is open already: returns the one that is. */
    synchronized Pending add(Pending question) {
        Pending first = open.putIfAbsent(question.question(), question);
        if (!isTimerOn) {
            startTimer(maxWait);
        }
        return first == null ? question : first;
    }

    /** Takes {@code question} out; false if it is out already. */
    synchronized boolean remove(Pending question) {
        return open.remove(question.question(), question);
    }

    synchronized int count() {
        return open.size();
    }

    synchronized List<Pending> all() {
        return List.copyOf(open.values());
    }

    private void startTimer(long nanos) {
        isTimerOn = true;
        CompletableFuture.delayedExecutor(nanos, NANOSECONDS, Runnable::run).execute(this::onTimer);
    }

    private void onTimer() {
        late().forEach(onLate);
    }

    /** Those that are late, and starts the timer for the oldest of the others. */
    private synchronized List<Pending> late() {
        isTimerOn = false;
        List<Pending> late = new ArrayList<>();
        for (Pending question : open.values()) {
            long left = question.since() + maxWait - nanoTime.getAsLong();
            if (left > 0) {
                startTimer(left);
                break;
            }
            late.add(question);
        }
        return late;
    }
}
