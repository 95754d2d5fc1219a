package dev.echoserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ApiLimitsTest {
    private static final String EVENT = "{'name':'e','channel':'a','data':1}";

    private final ApiFixture api = new ApiFixture();

    private void pass(Duration time) {
        api.nanoTime.addAndGet(time.toNanos());
    }

    /** The answer to the last of {@code count} equal requests, the others having been fine. */
    private String lastOf(int count, Asking asking) {
        for (int i = 1; i < count; i++) {
            assertThat(asking.ask()).as("request " + i).startsWith("200 ");
        }
        return asking.ask();
    }

    private interface Asking {
        String ask();
    }

    @Nested
    final class Requests {

        @Test
        void areUnlimitedByDefaultForThoseWhoPublish() {
            assertThat(lastOf(20_000, () -> api.publish(EVENT))).startsWith("200 ");
        }

        @Test
        void ofOneAppMayBeAsManyASecondAsIsSet() {
            api.limits = api.limits(Optional.of(10), 100, 1);
            assertThat(lastOf(9, () -> api.publish(EVENT))).startsWith("200 ");
            assertThat(api.publish(EVENT)).startsWith("200 ");

            assertThat(api.publish(EVENT))
                    .isEqualTo("429 after 1 {\"error\":\"More than 10 requests a second (limits.apiRequestsPerSecond)."
                            + " Send it again in 1 s.\"}");
            assertThat(api.published).hasSize(10);
            assertThat(api.limits.count(ApiLimits.Limit.REQUESTS)).isOne();
        }

        @Test
        void areAllowedAgainAsTimePasses() {
            api.limits = api.limits(Optional.of(10), 100, 1);
            assertThat(lastOf(11, () -> api.publish(EVENT))).startsWith("429 ");
            pass(Duration.ofMillis(99));
            assertThat(api.publish(EVENT)).startsWith("429 ");
            pass(Duration.ofMillis(1));
            assertThat(lastOf(2, () -> api.publish(EVENT))).startsWith("429 ");
            pass(Duration.ofHours(1));
            assertThat(lastOf(11, () -> api.publish(EVENT))).startsWith("429 ");
        }

        @Test
        void ofAnotherAppAreCountedApart() {
            api.limits = api.limits(Optional.of(2), 100, 1);
            assertThat(lastOf(3, () -> api.publish(EVENT))).startsWith("429 ");

            assertThat(api.signed("GET", "/apps/3/channels", "")).startsWith("200 ");
        }

        @Test
        void thatAreSignedAreRefusedAsPusherDoes() {
            api.limits = api.limits(Optional.of(1), 100, 1);

            assertThat(lastOf(2, () -> api.signed("GET", "/apps/3/channels", "")))
                    .startsWith("429 after 1 {\"error\":\"More than 1 requests a second")
                    .endsWith("\"code\":429}");
        }
    }

    @Nested
    final class Reads {

        @Test
        void areLimitedApartFromPublishing() {
            api.limits = api.limits(Optional.empty(), 3, 1);
            assertThat(lastOf(4, () -> api.get("/apps/les/channels"))).contains("limits.apiReadsPerSecond");
            assertThat(api.get("/apps/les/status")).startsWith("429 ");
            assertThat(api.get("/apps/les/channels/presence-a/users")).startsWith("429 ");

            assertThat(lastOf(100, () -> api.publish(EVENT))).startsWith("200 ");
            assertThat(api.limits.count(ApiLimits.Limit.READS)).isEqualTo(3);
        }
    }

    @Nested
    final class WrongKeys {
        private String guess() {
            return api.ask("GET", "/apps/les/channels", Optional.of("Bearer wrong"), "");
        }

        private String right() {
            return api.get("/apps/les/channels");
        }

        @Test
        void areLookedAtTwentyTimesThenOnceASecond() {
            api.peer = Optional.of("192.0.2.7");
            for (int i = 0; i < 20; i++) {
                assertThat(guess()).startsWith("403 ");
            }
            assertThat(guess())
                    .isEqualTo("429 after 1 {\"error\":\"Too many wrong keys or signatures. Correct it"
                            + " (limits.apiWrongKeysPerSecond). Send it again in 1 s.\"}");
            assertThat(right()).as("a right guess is not told apart").startsWith("429 ");

            pass(Duration.ofSeconds(1));
            assertThat(guess()).startsWith("403 ");
            assertThat(guess()).startsWith("429 ");
            assertThat(api.limits.count(ApiLimits.Limit.WRONG_KEYS)).isEqualTo(3);
        }

        @Test
        void areForgivenWhenTheKeyIsCorrected() {
            api.peer = Optional.of("192.0.2.7");
            IntStream.range(0, 100).forEach(i -> guess());
            pass(Duration.ofSeconds(1));

            assertThat(lastOf(1000, this::right)).startsWith("200 ");
        }

        @Test
        void hurtNobodyAtAnotherAddressAndNoOtherApp() {
            api.peer = Optional.of("192.0.2.7");
            IntStream.range(0, 100).forEach(i -> guess());
            assertThat(api.signed("GET", "/apps/3/channels", "")).startsWith("200 ");

            api.peer = Optional.of("192.0.2.8");
            assertThat(right()).startsWith("200 ");
        }

        @Test
        void ofThisMachineLockNobodyOut() {
            IntStream.range(0, 100).forEach(i -> assertThat(guess()).startsWith("403 "));

            assertThat(right()).startsWith("200 ");
        }
    }
}
