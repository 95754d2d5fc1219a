package dev.echoserver.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BudgetTest {
    private static final int PER_SECOND = 10;
    private static final int BURST = 5;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1); // Such a clock may overflow.
    private final Budget budget = new Budget(PER_SECOND, BURST, now::get);

    private void pass(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private void spendAll(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(budget.spend(1)).as("number %s", i).isTrue();
        }
        assertThat(budget.spend(1)).isFalse();
    }

    @Test
    void allowsABurstAtOnce() {
        spendAll(BURST);
    }

    @Test
    void refillsAtItsRate() {
        spendAll(BURST);

        pass(99);
        assertThat(budget.spend(1)).isFalse();
        pass(1);
        spendAll(1);
        pass(250);
        spendAll(2);
    }

    @Test
    void neverHoldsMoreThanABurst() {
        pass(3_600_000);
        spendAll(BURST);
    }

    @Test
    void isNeverExceededAtItsRate() {
        for (int i = 0; i < 1000; i++) {
            assertThat(budget.spend(1)).isTrue();
            pass(1000 / PER_SECOND);
        }
    }

    @Test
    void isFullAgainAsSoonAsNothingIsMissing() {
        assertThat(budget.isFull()).isTrue();
        budget.spend(2);
        pass(199);
        assertThat(budget.isFull()).isFalse();
        pass(1);
        assertThat(budget.isFull()).isTrue();
    }

    @Test
    void letsWhatIsLargerThanItPassOnceItIsFullAndTakesItsTimeThen() {
        assertThat(budget.spend(2 * BURST)).isTrue();
        pass(900);
        assertThat(budget.spend(BURST)).isFalse();
        pass(100);
        assertThat(budget.spend(BURST)).isTrue();
    }
}
