package dev.echoserver.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private enum Cause {
        FULL,
        SLOW
    }

    private final Tally<Cause> tally = new Tally<>(Cause.class);

    @Test
    void countsEachCauseByItself() {
        tally.add(Cause.FULL, 0);
        tally.add(Cause.FULL, 1);

        assertThat(tally.count(Cause.FULL)).isEqualTo(2);
        assertThat(tally.count(Cause.SLOW)).isZero();
    }

    @Test
    void aLineIsDueAtOnceForEachCauseAndThenOnceAMinute() {
        assertThat(tally.add(Cause.FULL, 0)).hasValue(0);
        assertThat(tally.add(Cause.FULL, 1)).isEmpty();
        assertThat(tally.add(Cause.SLOW, 2)).hasValue(0);
        assertThat(tally.add(Cause.FULL, TimeUnit.MINUTES.toNanos(1))).hasValue(1);
    }
}
