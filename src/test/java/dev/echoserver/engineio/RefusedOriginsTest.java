package dev.echoserver.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusedOriginsTest {
    private final AtomicLong now = new AtomicLong();
    private final RefusedOrigins refused = new RefusedOrigins(now::get);
    private final CapturedLog log = CapturedLog.of(RefusedOrigins.class);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void areToldOnceAMinuteEachWithTheEntryThatLetsThemIn() {
        refused.add("https://a.test");
        refused.add("https://a.test/page");
        refused.add("http://b.test:8080");
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        refused.add("https://a.test");

        assertThat(log.lines(Level.WARN))
                .containsExactly(
                        "Refused a page: origin=https://a.test:443 folded=0 cause=\"not in socketio.origins\""
                                + " cure=\"if it is yours, add https://a.test:443 to socketio.origins\"",
                        "Refused a page: origin=http://b.test:8080 folded=0 cause=\"not in socketio.origins\""
                                + " cure=\"if it is yours, add http://b.test:8080 to socketio.origins\"",
                        "Refused a page: origin=https://a.test:443 folded=1 cause=\"not in socketio.origins\""
                                + " cure=\"if it is yours, add https://a.test:443 to socketio.origins\"");
    }

    @Test
    void shareOneLineWhenThereAreTooMany() {
        for (int i = 0; i < 1000; i++) {
            refused.add("https://a" + i + ".test");
        }

        assertThat(log.lines(Level.WARN)).hasSize(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "file:///a"})
    void thatNameNoPageNeedTheEntryForEverything(String origin) {
        refused.add(origin);

        assertThat(log.lines(Level.WARN)).singleElement().asString().contains("add *:* to socketio.origins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.test", "http://a.test:8080", "http://[::1]", "http://my_app/page"})
    void getInWithTheEntryThatIsNamed(String origin) {
        assertThat(new Origins(Set.of(Origins.entryFor(origin))).allow(origin)).isTrue();
    }
}
