package dev.echoserver.subscription;

import static dev.echoserver.subscription.EventBudget.Verdict.EXCEEDED;
import static dev.echoserver.subscription.EventBudget.Verdict.EXHAUSTED;
import static dev.echoserver.subscription.EventBudget.Verdict.WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.subscription.EventBudget.Verdict;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EventBudgetTest {
    private static final int PER_SECOND = 10;
    private static final int BURST = 5;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1); // Such a clock may overflow.
    private final EventBudget budget = new EventBudget(new SubscriptionLimits(1, 1, PER_SECOND, BURST), now::get);

    private void pass(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private void spend(int events, Verdict expected) {
        for (int i = 0; i < events; i++) {
            assertThat(budget.spend()).as("event %s", i).isEqualTo(expected);
        }
    }

    @Test
    void allowsABurstAtOnce() {
        spend(BURST, WITHIN);
        spend(1, EXCEEDED);
    }

    @Test
    void refillsAtItsRate() {
        spend(BURST, WITHIN);

        pass(99);
        spend(1, EXCEEDED);
        pass(1);
        spend(1, WITHIN);
        spend(1, EXCEEDED);
        pass(250);
        spend(2, WITHIN);
        spend(1, EXCEEDED);
    }

    @Test
    void neverHoldsMoreThanABurst() {
        pass(3_600_000);
        spend(BURST, WITHIN);
        spend(1, EXCEEDED);
    }

    @Test
    void isNeverExceededAtItsRate() {
        for (int i = 0; i < 1000; i++) {
            spend(1, WITHIN);
            pass(1000 / PER_SECOND);
        }
    }

    @Test
    void isExhaustedAfterAWholeFurtherBurst() {
        spend(BURST, WITHIN);
        spend(BURST, EXCEEDED);
        spend(3, EXHAUSTED);
    }

    @Test
    void startsToCountAgainAfterAnEventThatWasAllowed() {
        spend(BURST, WITHIN);
        spend(BURST, EXCEEDED);
        pass(100);
        spend(1, WITHIN);
        spend(BURST, EXCEEDED);
        spend(1, EXHAUSTED);
    }
}
