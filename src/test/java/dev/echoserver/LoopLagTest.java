package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoopLagTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    }

    private void runSeconds(int seconds) {
        for (int second = 0; second < seconds; second++) {
            pass(1000);
            channel.runScheduledPendingTasks();
        }
    }

    @Test
    void isNoneWhileTasksRunInTime() {
        LoopLag lag = LoopLag.of(channel.eventLoop());

        runSeconds(20);

        assertThat(lag.seconds()).isZero();
    }

    @Test
    void isRememberedForAWhile() {
        LoopLag lag = LoopLag.of(channel.eventLoop());
        pass(1250);
        channel.runScheduledPendingTasks();

        runSeconds(14);
        assertThat(lag.seconds()).isEqualTo(0.25);

        runSeconds(30);
        assertThat(lag.seconds()).isZero();
    }

    @Test
    void isSeenWhileTheLoopIsBusy() {
        LoopLag lag = LoopLag.of(channel.eventLoop());

        pass(3000);

        assertThat(lag.seconds()).isEqualTo(2);
    }
}
