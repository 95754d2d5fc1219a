package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SlowReadersTest {
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final SlowReaders readers = new SlowReaders();

    private void add(SlowReaders.Cause cause) {
        readers.add(cause, new InetSocketAddress("192.0.2.1", 1), 7, loop.eventLoop());
    }

    private void passASecond() {
        loop.advanceTimeBy(1, TimeUnit.SECONDS);
        loop.runPendingTasks();
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
                    .contains("socket=/192.0.2.1:1", "limits.maxOutboundQueueBytes", "waiting=7 bytes");
        }
    }

    @Test
    void fillTwoLinesASecondAtMost() {
        loop.freezeTime();
        try (CapturedLog log = CapturedLog.of(SlowReaders.class)) {
            for (int i = 0; i < 1000; i++) {
                add(SlowReaders.Cause.STALL);
            }
            assertThat(log.lines(Level.WARN)).hasSize(1);

            passASecond();
            passASecond();
            assertThat(log.lines(Level.WARN)).hasSize(2).last().asString().contains("count=999");

            add(SlowReaders.Cause.STALL);
            passASecond();
            assertThat(log.lines(Level.WARN)).hasSize(3);
        }
    }
}
