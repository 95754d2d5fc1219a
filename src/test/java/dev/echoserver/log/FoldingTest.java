package dev.echoserver.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FoldingTest {
    private final Folding lines = new Folding();

    @Test
    void letsOneLineAMinuteThroughWithTheNumberOfThoseBefore() {
        long start = Long.MAX_VALUE - 5; // The clock may overflow.

        assertThat(lines.next(start)).hasValue(0);
        assertThat(lines.next(start + 1)).isEmpty();
        assertThat(lines.next(start + Duration.ofSeconds(59).toNanos())).isEmpty();
        assertThat(lines.next(start + Duration.ofSeconds(60).toNanos())).hasValue(2);
        assertThat(lines.next(start + Duration.ofSeconds(61).toNanos())).isEmpty();
        assertThat(lines.next(start + Duration.ofSeconds(121).toNanos())).hasValue(1);
    }
}
