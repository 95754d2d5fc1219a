package dev.echoserver.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DropsTest {
    private final AtomicLong now = new AtomicLong();
    private final Drops drops = new Drops(now::get);
    private final CapturedLog log = CapturedLog.of(Drops.class);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void areCountedPerReason() {
        add(DropReason.NO_EVENT);
        add(DropReason.NO_EVENT);
        add(DropReason.NOT_JSON);

        assertThat(drops.count(DropReason.NO_EVENT)).isEqualTo(2);
        assertThat(drops.count(DropReason.NOT_JSON)).isEqualTo(1);
        assertThat(drops.count(DropReason.TOO_LARGE)).isZero();
    }

    @Test
    void areSaidOnceThenFoldedIntoOneLineAMinute() {
        add(DropReason.NO_EVENT);
        add(DropReason.NO_EVENT);
        add(DropReason.TOO_DEEP);
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        add(DropReason.NO_EVENT);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        add(DropReason.NO_EVENT);
        add(DropReason.NO_EVENT);

        assertThat(log.lines(Level.WARN))
                .containsExactly(
                        "Broadcast dropped: reason=NO_EVENT (\"event\" is missing, empty or no text) channel=orders bytes=2 folded=0",
                        "Broadcast dropped: reason=TOO_DEEP (JSON that is nested too deeply) channel=orders bytes=2 folded=0",
                        "Broadcast dropped: reason=NO_EVENT (\"event\" is missing, empty or no text) channel=orders bytes=2 folded=2");
    }

    @Test
    void saysWhatToDoAboutAnEmptyMessage() {
        drops.add(DropReason.EMPTY, "private-orders", new byte[0]);

        assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .startsWith("Broadcast dropped: reason=EMPTY (empty, because Laravel could not write the event as JSON")
                .contains("channel=private-orders bytes=0 folded=0 cure=look at the event that Laravel broadcasts");
    }

    @Test
    void forWantOfMemoryAndForBugsAreFoldedToo() {
        for (int i = 0; i < 3000; i++) {
            drops.addLost("or\nders", new byte[9], new OutOfMemoryError("direct buffers"));
        }
        drops.addLost("orders", new byte[9], new IllegalStateException("bug"));

        assertThat(drops.count(DropReason.NO_MEMORY)).isEqualTo(3000);
        assertThat(drops.count(DropReason.BUG)).isEqualTo(1);
        assertThat(log.lines(Level.ERROR))
                .containsExactly(
                        "Broadcast lost: reason=NO_MEMORY channel=or?ders bytes=9 folded=0"
                                + " cure=\"raise -XX:MaxDirectMemorySize\"",
                        "Broadcast lost: reason=BUG channel=orders bytes=9 folded=0 cure=\"report it\"");
    }

    @Test
    void ofForeignProgramsAreNoWarning() {
        add(DropReason.NOT_JSON);

        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    void showTheirPayloadAtTraceOnlyAndOnOneLine() {
        try (CapturedLog all = CapturedLog.of(Drops.class, Level.TRACE)) {
            drops.add(DropReason.NO_EVENT, "or\nders", ("\r\n\u001b[31m" + "h\u00e9".repeat(1000)).getBytes(UTF_8));
            drops.add(DropReason.NOT_JSON, "or\nders", "secret".getBytes(UTF_8));

            assertThat(all.lines(Level.WARN)).singleElement().asString().contains("channel=or?ders bytes=3007");
            assertThat(all.lines(Level.DEBUG)).containsExactly("Ignored: reason=NOT_JSON channel=or?ders bytes=6");
            assertThat(all.lines(Level.TRACE))
                    .containsExactly(
                            "It was: reason=NO_EVENT channel=or?ders excerpt=???[31m" + "h\u00e9".repeat(96) + "h",
                            "It was: reason=NOT_JSON channel=or?ders excerpt=secret");
        }
    }

    private void add(DropReason reason) {
        drops.add(reason, "orders", "{}".getBytes(UTF_8));
    }
}
