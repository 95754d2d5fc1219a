package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void doublesUpToTwoSecondsWithHalfOfItLeftToChance() {
        for (int step : new int[] {100, 200, 400, 800, 1600, 2000, 2000, 2000}) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(step / 2), Duration.ofMillis(step));
        }
    }

    @Test
    void beginsAnewAfterSuccess() {
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }

        backoff.reset();

        assertThat(backoff.next()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }
}
