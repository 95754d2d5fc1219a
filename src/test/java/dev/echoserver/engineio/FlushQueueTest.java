package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class FlushQueueTest {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final SessionFixture loop = new SessionFixture();
    private final SessionFixture.Client client = loop.connect("a", Protocol.V4);

    @AfterEach
    void release() {
        loop.close();
    }

    @Nested
    final class OneRound {
        @Test
        void flushesASessionOnceHoweverMuchItWasSent() {
            client.session.sendText("1");
            client.session.sendText("2");
            client.session.sendText("3");
            assertThat(client.flushCount()).isZero();

            loop.settle();

            assertThat(client.flushCount()).isEqualTo(1);
        }

        @Test
        void flushesEachSessionThatWasSentSomething() {
            SessionFixture.Client other = loop.connect("b", Protocol.V4);
            SessionFixture.Client idle = loop.connect("c", Protocol.V4);
            loop.settle();

            client.session.sendText("1");
            other.session.sendText("1");
            loop.settle();

            assertThat(client.flushCount()).isEqualTo(2);
            assertThat(other.flushCount()).isEqualTo(2);
            assertThat(idle.flushCount()).isEqualTo(1);
        }

        @Test
        void isFollowedByOthers() {
            for (int round = 1; round <= 3; round++) {
                client.session.sendText("1");
                loop.settle();
                assertThat(client.flushCount()).isEqualTo(round);
            }
        }
    }

    @Nested
    final class ASessionThatIsNotRead {
        @Test
        void isClosedWhenNothingWasTakenForTooLong() {
            loop.settle();
            client.stopReading();
            client.session.sendText("1");
            loop.settle();

            waitFor(SessionFixture.MAX_STALL.plus(LOOK_AGAIN));
            assertThat(client.session.isOpen()).isTrue();

            waitFor(LOOK_AGAIN);
            assertThat(client.session.isOpen()).isFalse();
            assertThat(loop.sessions).isEmpty();
        }

        @Test
        void staysIfItReadsOnInTime() {
            loop.settle();
            client.stopReading();
            client.session.sendText("1");
            loop.settle();
            waitFor(SessionFixture.MAX_STALL);

            client.readOn();
            waitFor(SessionFixture.MAX_STALL);

            assertThat(client.session.isOpen()).isTrue();
        }

        @Test
        void isWatchedAgainWhenItStallsAgain() {
            staysIfItReadsOnInTime();

            client.stopReading();
            client.session.sendText("1");
            loop.settle();
            waitFor(SessionFixture.MAX_STALL.plus(LOOK_AGAIN).plus(LOOK_AGAIN));

            assertThat(client.session.isOpen()).isFalse();
        }

        @Test
        void doesNotHoldUpTheOthers() {
            SessionFixture.Client other = loop.connect("b", Protocol.V4);
            client.stopReading();
            loop.settle();

            other.session.sendText("1");
            loop.settle();

            assertThat(other.flushCount()).isEqualTo(2);
            assertThat(other.session.isWaiting()).isFalse();
        }

        private void waitFor(Duration time) {
            for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(LOOK_AGAIN)) {
                loop.pass(LOOK_AGAIN);
            }
        }
    }
}
