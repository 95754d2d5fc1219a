package dev.echoserver.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.subscription.Overruns.Limit;
import dev.echoserver.subscription.WhisperBudget.Excess;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WhisperBudgetTest {
    private static final int PER_SECOND = 240;
    private static final int BURST = 2 * PER_SECOND;
    private static final int BYTES_PER_SECOND = 1 << 20;

    private final AtomicLong now = new AtomicLong();
    private final WhisperBudget budget =
            new WhisperBudget(new WhisperBudget.Limits(PER_SECOND, BURST, BYTES_PER_SECOND), now::get);

    private long dropped(int whispers, int bytes) {
        return IntStream.range(0, whispers)
                .filter(n -> budget.spend(bytes).isPresent())
                .count();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void allowsTheRateOfAFastScreenForLongAndTwoSecondsOfItAtOnce() {
        long lost = dropped(BURST, 50);
        for (int tenth = 0; tenth < 300; tenth++) {
            pass(Duration.ofMillis(100));
            lost += dropped(PER_SECOND / 10, 50);
        }
        assertThat(lost).isZero();
        assertThat(budget.spend(50)).contains(new Excess(Limit.EVENTS, true));
    }

    @Test
    void boundsTheBytes() {
        assertThat(dropped(2, BYTES_PER_SECOND)).isZero();
        assertThat(budget.spend(1)).contains(new Excess(Limit.EVENT_BYTES, true));
        pass(Duration.ofSeconds(1));
        assertThat(budget.spend(BYTES_PER_SECOND)).isEmpty();
    }

    @Test
    void letsOneWhisperOfAnySizePass() {
        assertThat(budget.spend(100L * BYTES_PER_SECOND)).isEmpty();
        assertThat(budget.spend(1)).isPresent();
    }

    @Test
    void saysOnceThatAStretchOfDroppingBegins() {
        dropped(BURST, 1);
        assertThat(budget.spend(1)).contains(new Excess(Limit.EVENTS, true));
        for (int tenth = 0; tenth < 50; tenth++) {
            assertThat(IntStream.range(0, 30).mapToObj(n -> budget.spend(1)).flatMap(Optional::stream))
                    .noneMatch(Excess::isFirst);
            pass(Duration.ofMillis(100));
        }
        pass(Duration.ofSeconds(2));
        dropped(BURST, 1);
        assertThat(budget.spend(1)).contains(new Excess(Limit.EVENTS, true));
    }
}
