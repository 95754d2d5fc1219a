package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SlowReadersTest {
    private final AtomicLong now = new AtomicLong();
    private final SlowReaders readers = new SlowReaders(now::get);

    private void add(SlowReaders.Cause cause) {
        readers.add(cause, "192.0.2.1", 7);
    }

    @Test
    void areCountedByCause() {
        add(SlowReaders.Cause.STALL);
        add(SlowReaders.Cause.MEMORY);
        add(SlowReaders.Cause.MEMORY);

        assertThat(readers.count(SlowReaders.Cause.STALL)).isEqualTo(1);
        assertThat(readers.count(SlowReaders.Cause.MEMORY)).isEqualTo(2);
        assertThat(readers.count(SlowReaders.Cause.QUEUE)).isZero();
    }

    @Test
    void areLoggedWithReasonAndSetting() {
        try (CapturedLog log = CapturedLog.of(SlowReaders.class)) {
            add(SlowReaders.Cause.QUEUE);

            assertThat(log.lines(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("peer=192.0.2.1 ", "limits.maxOutboundQueueBytes", "waiting=7 bytes");
        }
    }

    @Test
    void fillOneLineAMinuteForEachCause() {
        try (CapturedLog log = CapturedLog.of(SlowReaders.class)) {
            for (int i = 0; i < 1000; i++) {
                add(SlowReaders.Cause.STALL);
            }
            add(SlowReaders.Cause.MEMORY);
            assertThat(log.lines(Level.WARN)).hasSize(2);

            now.addAndGet(Duration.ofMinutes(1).toNanos());
            add(SlowReaders.Cause.STALL);
            assertThat(log.lines(Level.WARN)).hasSize(3).last().asString().contains("folded=999");
        }
    }
}
