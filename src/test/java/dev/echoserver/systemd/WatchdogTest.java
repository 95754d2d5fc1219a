package dev.echoserver.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class WatchdogTest {
    private final Loop first = new Loop();
    private final Loop second = new Loop();
    private int signs;

    private final Watchdog watchdog =
            new Watchdog(List.of(first, second), Runnable::run, Duration.ofSeconds(15), () -> signs++);

    /** Does what it is given when the test says so. */
    private static final class Loop implements Executor {
        private final Deque<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void work() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }
    }

    @Test
    void givesASignOfLifeOnceAllLoopsHaveAnswered() {
        watchdog.ask();
        first.work();
        assertThat(signs).isZero();

        second.work();
        assertThat(signs).isEqualTo(1);
    }

    @Test
    void givesNoneWhileOneLoopHangsAndNamesIt() {
        watchdog.ask();
        first.work();
        second.work();
        try (CapturedLog log = CapturedLog.of(Watchdog.class)) {
            watchdog.ask();
            first.work();
            watchdog.ask();

            assertThat(signs).isEqualTo(1);
            assertThat(log.lines(Level.ERROR))
                    .singleElement()
                    .asString()
                    .contains("An event loop hangs", "seconds=15", "\tat ");
        }
    }

    @Test
    void givesOneAsSoonAsALateAnswerComes() {
        watchdog.ask();
        first.work();
        watchdog.ask();
        second.work();

        assertThat(signs).isEqualTo(1);
    }

    @Test
    void asksALoopThatHangsOnlyOnce() {
        watchdog.ask();
        watchdog.ask();
        watchdog.ask();

        assertThat(second.tasks).hasSize(1);
    }

    @Test
    void staysSilentWhenTheLoopsHaveEnded() {
        Executor ended = task -> {
            throw new RejectedExecutionException();
        };
        Watchdog late = new Watchdog(List.of(ended), Runnable::run, Duration.ofSeconds(15), () -> signs++);

        late.ask();

        assertThat(signs).isZero();
    }
}
