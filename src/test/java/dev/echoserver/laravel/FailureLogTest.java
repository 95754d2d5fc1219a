package dev.echoserver.laravel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.channel.Channel;
import dev.echoserver.json.Json;
import dev.echoserver.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FailureLogTest {
    private static final Channel CHANNEL = Channel.of("private-a");

    private final AtomicLong now = new AtomicLong();
    private final FailureLog failures = new FailureLog(now::get);
    private final CapturedLog log = CapturedLog.of(FailureLog.class);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    private List<String> lines() {
        return log.lines(Level.WARN);
    }

    @Test
    void saysEachKindOncePerHostAndThenCounts() {
        failures.add("http://a", CHANNEL, new Outcome.Refused(Trouble.CSRF, 419));
        failures.add("http://a", CHANNEL, new Outcome.Refused(Trouble.CSRF, 419));
        failures.add("http://b", CHANNEL, new Outcome.Refused(Trouble.CSRF, 419));
        failures.add("http://a", CHANNEL, new Outcome.Refused(Trouble.FORBIDDEN, 403));
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        failures.add("http://a", CHANNEL, new Outcome.Refused(Trouble.CSRF, 419));

        assertThat(lines()).hasSize(4);
        assertThat(lines().get(0))
                .startsWith("Authorization: host=http://a status=419 channel=private-a folded=0 cause=");
        assertThat(lines().get(1)).startsWith("Authorization: host=http://b status=419");
        assertThat(lines().get(2)).startsWith("Authorization: host=http://a status=403");
        assertThat(lines().get(3))
                .startsWith("Authorization: host=http://a status=419 channel=private-a folded=1 cause=");
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void namesCauseAndCure(Trouble trouble) {
        failures.add("http://a", CHANNEL, new Outcome.Refused(trouble, 1, "what\nit says"));

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("cause=" + trouble.cause() + " (what?it says) cure=" + trouble.cure());
    }

    @Test
    void saysNothingOfAPlainGrantButRemarksWhatIsOdd() {
        Outcome plain = Outcome.Granted.with(Json.NULL);
        Outcome odd = Outcome.Granted.but(Trouble.NOT_JSON, "the channel is open");

        assertThat(plain.complaint()).isEmpty();
        failures.add("http://a", CHANNEL, odd.complaint().orElseThrow());

        assertThat(lines()).singleElement().asString().contains("status=200", "the channel is open");
    }

    @Test
    void foldsEndlessHostsIntoOne() {
        for (int i = 0; i < 1500; i++) {
            failures.add("http://" + i + ".a", CHANNEL, new Outcome.Refused(Trouble.BROKEN, 0));
        }

        assertThat(lines()).hasSize(1001);
    }

    @Test
    void saysEachPageWhoseCookiesAreNotUsed() {
        failures.add("http://a", CHANNEL, new Outcome.Refused(Trouble.FOREIGN_PAGE, 403, "page https://other.test"));
        failures.add("http://a", CHANNEL, new Outcome.Refused(Trouble.FOREIGN_PAGE, 403, "page https://own.test"));
        failures.add("http://a", CHANNEL, new Outcome.Refused(Trouble.FOREIGN_PAGE, 403, "page https://own.test"));

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(1)).contains("https://own.test");
    }

    @Test
    void foldsEndlessPagesIntoOneAndStillSaysOtherTroubles() {
        for (int i = 0; i < 1500; i++) {
            failures.add("http://a", CHANNEL, new Outcome.Refused(Trouble.FOREIGN_PAGE, 403, "page http://" + i));
        }
        failures.add("http://a", CHANNEL, new Outcome.Refused(Trouble.BROKEN, 0));
        failures.add("http://b", CHANNEL, new Outcome.Refused(Trouble.BROKEN, 0));

        assertThat(lines()).hasSize(103);
    }
}
