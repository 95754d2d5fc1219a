package dev.echoserver.laravel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class AuthorizationTimesTest {
    private final AuthorizationTimes times = new AuthorizationTimes();

    private void add(Outcome outcome, long millis) {
        times.add(outcome, Duration.ofMillis(millis).toNanos());
    }

    private AuthorizationTimes.Times of(String outcome) {
        return Objects.requireNonNull(times.byOutcome().get(outcome));
    }

    @Test
    void areKeptByWhatCameOfTheQuestion() {
        add(Outcome.Granted.PLAIN, 5);
        add(Outcome.Granted.PLAIN, 6);
        add(new Outcome.Refused(Trouble.FORBIDDEN, 403), 60_000);

        assertThat(times.byOutcome()).containsOnlyKeys("forbidden", "granted");
        AuthorizationTimes.Times granted = of("granted");
        assertThat(granted.counts())
                .startsWith(1L, 1L, 0L)
                .hasSize(AuthorizationTimes.bounds().size() + 1);
        assertThat(granted.count()).isEqualTo(2);
        assertThat(granted.sumNanos()).isEqualTo(Duration.ofMillis(11).toNanos());
        assertThat(of("forbidden").counts()).endsWith(0L, 1L);
    }

    @Test
    void beginWithWhatIsUsual() {
        assertThat(of(AuthorizationTimes.GRANTED).count()).isZero();
    }
}
