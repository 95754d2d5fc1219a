package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class HeartbeatTest {
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final List<String> trace = new ArrayList<>();

    HeartbeatTest() {
        loop.freezeTime();
    }

    @AfterEach
    void release() {
        loop.finishAndReleaseAll();
    }

    private Heartbeat heartbeat(Protocol protocol) {
        EngineIoSettings.Pings pings = new EngineIoSettings.Pings(Duration.ofSeconds(25), Duration.ofSeconds(20));
        return new Heartbeat(pings, protocol, loop.eventLoop(), () -> trace.add("ping"), () -> trace.add("dead"));
    }

    private void pass(long millis) {
        loop.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        loop.runScheduledPendingTasks();
    }

    @Nested
    final class WhereTheServerPings {
        private final Heartbeat heartbeat = heartbeat(Protocol.V4);

        @Test
        void pingsAfterEachInterval() {
            pass(24_999);
            assertThat(trace).isEmpty();
            pass(1);
            assertThat(trace).containsExactly("ping");

            pass(10);
            heartbeat.heard();
            pass(24_999);
            assertThat(trace).containsExactly("ping");
            pass(1);
            assertThat(trace).containsExactly("ping", "ping");
        }

        @Test
        void isDeadWithoutAnAnswerInTime() {
            pass(25_000);
            pass(19_999);
            assertThat(trace).containsExactly("ping");
            pass(1);
            assertThat(trace).containsExactly("ping", "dead");
        }

        @Test
        void isDeadNoLaterIfTheEventLoopWasTooBusyToPingInTime() {
            pass(40_000);
            assertThat(trace).containsExactly("ping");
            pass(4_999);
            assertThat(trace).containsExactly("ping");
            pass(1);
            assertThat(trace).containsExactly("ping", "dead");
        }

        @Test
        void livesIfTheAnswerIsJustInTime() {
            pass(25_000);
            pass(19_999);
            heartbeat.heard();
            pass(1);
            assertThat(trace).containsExactly("ping");
        }

        @Test
        void doesNothingOnceStopped() {
            heartbeat.stop();
            pass(100_000);
            assertThat(trace).isEmpty();
        }

        @Test
        void doesNotDieOnceStopped() {
            pass(25_000);
            heartbeat.stop();
            pass(100_000);
            assertThat(trace).containsExactly("ping");
        }
    }

    @Nested
    final class WhereTheClientPings {
        private final Heartbeat heartbeat = heartbeat(Protocol.V3);

        @Test
        void isDeadAfterIntervalAndTimeoutInSilence() {
            pass(44_999);
            assertThat(trace).isEmpty();
            pass(1);
            assertThat(trace).containsExactly("dead");
        }

        @Test
        void livesAsLongAsAnythingIsHeard() {
            for (int i = 0; i < 10; i++) {
                pass(44_999);
                heartbeat.heard();
            }
            assertThat(trace).isEmpty();
        }

        @Test
        void countsFromTheLastThingHeard() {
            pass(30_000);
            heartbeat.heard();
            pass(44_999);
            assertThat(trace).isEmpty();
            pass(1);
            assertThat(trace).containsExactly("dead");
        }

        @Test
        void doesNothingOnceStopped() {
            pass(30_000);
            heartbeat.heard();
            pass(30_000);
            heartbeat.stop();
            pass(100_000);
            assertThat(trace).isEmpty();
        }
    }
}
