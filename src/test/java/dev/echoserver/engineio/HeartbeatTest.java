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
    private final Heartbeats heartbeats = new Heartbeats(
            new EngineIoSettings.Pings(Duration.ofSeconds(25), Duration.ofSeconds(20)), loop.eventLoop());
    private final List<String> trace = new ArrayList<>();

    HeartbeatTest() {
        loop.freezeTime();
    }

    @AfterEach
    void release() {
        loop.finishAndReleaseAll();
    }

    private Heartbeat heartbeat(Protocol protocol) {
        return heartbeat(protocol, "");
    }

    private Heartbeat heartbeat(Protocol protocol, String name) {
        return new Heartbeat(heartbeats, protocol, client(name));
    }

    private Heartbeat.Client client(String name) {
        return new Heartbeat.Client() {
            @Override
            public void ping() {
                trace.add("ping" + name);
            }

            @Override
            public void onSilence() {
                trace.add("dead" + name);
            }
        };
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
        void waitsAnewAndOnlyOnceIfSomethingElseComesBeforeTheAnswer() {
            pass(25_000);
            pass(15_000);
            heartbeat.spoke();
            pass(10_000);
            heartbeat.spoke();
            pass(9_999);
            assertThat(trace).containsExactly("ping");
            pass(1);
            assertThat(trace).containsExactly("ping", "dead");
        }

        @Test
        void waitsAnewForEachPing() {
            for (int i = 0; i < 3; i++) {
                pass(25_000);
                pass(19_999);
                heartbeat.spoke();
                pass(19_999);
                heartbeat.heard();
            }
            assertThat(trace).containsExactly("ping", "ping", "ping");
        }

        @Test
        void isPingedAsOftenHoweverMuchItSays() {
            for (int i = 0; i < 24; i++) {
                pass(1_000);
                heartbeat.spoke();
            }
            pass(1_000);
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

    @Nested
    final class Many {

        @Test
        void keepTheDistancesInWhichTheyCame() {
            heartbeat(Protocol.V4, " 1");
            pass(1000);
            heartbeat(Protocol.V4, " 2");
            pass(30);
            heartbeat(Protocol.V4, " 3");

            pass(23_970);
            assertThat(trace).containsExactly("ping 1");
            pass(1000);
            assertThat(trace).containsExactly("ping 1", "ping 2");
            pass(30);
            assertThat(trace).containsExactly("ping 1", "ping 2", "ping 3");
        }

        @Test
        void takeTheirTurnsAsTheyWereHeard() {
            Heartbeat first = heartbeat(Protocol.V4, " 1");
            Heartbeat second = heartbeat(Protocol.V4, " 2");
            pass(25_000);
            second.heard();
            pass(50);
            first.heard();
            trace.clear();

            pass(24_950);
            assertThat(trace).containsExactly("ping 2");
            pass(50);
            assertThat(trace).containsExactly("ping 2", "ping 1");
        }

        @Test
        void dieAlone() {
            Heartbeat living = heartbeat(Protocol.V4, " 1");
            heartbeat(Protocol.V4, " 2");
            heartbeat(Protocol.V3, " 3");
            pass(25_000);
            living.heard();
            trace.clear();

            pass(20_000);

            assertThat(trace).containsExactlyInAnyOrder("dead 2", "dead 3");
        }

        @Test
        void areAtMostTwentyMillisecondsLate() {
            for (int i = 0; i < 100; i++) {
                heartbeat(Protocol.V4);
                pass(1);
            }
            pass(24_900);
            for (int i = 0; i < 100; i++) {
                pass(1);
                assertThat(trace).hasSizeBetween(i - 20, i + 2);
            }
            pass(20);
            assertThat(trace).hasSize(100);
        }

        @Test
        void areHardlyLateWhereTheIntervalIsShort() {
            Heartbeats brief = new Heartbeats(
                    new EngineIoSettings.Pings(Duration.ofMillis(300), Duration.ofMillis(200)), loop.eventLoop());
            for (int i = 0; i < 100; i++) {
                Heartbeat unused = new Heartbeat(brief, Protocol.V4, client(""));
                pass(1);
            }
            pass(200);
            for (int i = 0; i < 100; i++) {
                pass(1);
                assertThat(trace).hasSizeBetween(i, i + 2);
            }
        }

        @Test
        void dieInTheirOrderIfSomeWereGivenMoreTime() {
            Heartbeat patient = heartbeat(Protocol.V4, " 1");
            pass(100);
            heartbeat(Protocol.V4, " 2");
            pass(25_000);
            patient.spoke();
            heartbeat(Protocol.V4, " 3").stop();
            trace.clear();

            pass(19_900);
            assertThat(trace).isEmpty();
            pass(100);
            assertThat(trace).containsExactlyInAnyOrder("dead 1", "dead 2");
        }

        @Test
        void goOnWhenOneOfThemFails() {
            Heartbeat unused = new Heartbeat(heartbeats, Protocol.V4, new Heartbeat.Client() {
                @Override
                public void ping() {
                    throw new IllegalStateException("expected by this test");
                }

                @Override
                public void onSilence() {}
            });
            heartbeat(Protocol.V4);

            pass(25_000);
            pass(20);

            assertThat(trace).containsExactly("ping");
        }
    }
}
