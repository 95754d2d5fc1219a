package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.List;

/** What a failure cost. */
record Finding(String name, Times times, Losses losses, Account before, Account after) {
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final int MEMORY_MIB = 64;

    /**
     * Counted from the end of the failure.
     *
     * @param delivered until something published since has come to every client
     * @param right until everybody also knew of everybody again
     */
    record Times(Duration delivered, Duration right) {}

    static Finding of(String name, Times times, Losses losses, Account before, Account after) {
        return new Finding(name, times, losses, before, after);
    }

    /** What the servers have logged meanwhile. */
    List<String> log() {
        return after.log().stream().filter(line -> !before.log().contains(line)).toList();
    }

    String line() {
        return "case=" + name
                + " recoverMillis=" + times.delivered().toMillis()
                + " rightMillis=" + times.right().toMillis()
                + " lost=" + losses.lost()
                + " lostBy=gap:" + losses.gap() + ",absence:" + losses.absence() + ",other:" + losses.other()
                + " refusedByRedis=" + losses.refused()
                + " disconnected=" + (after.ends() - before.ends())
                + " rssBeforeMiB=" + before.rssMib()
                + " rssAfterMiB=" + after.rssMib()
                + " logLines=" + log().size();
    }

    /** Delivery was back in seconds, nothing was lost but what Redis kept, and no memory or log was filled. */
    @CanIgnoreReturnValue
    Finding isBearable(Duration right, int logLines) {
        String said = line() + "\n" + String.join("\n", log());
        assertThat(times.delivered()).as(said).isLessThan(RECOVERY);
        assertThat(times.right()).as(said).isLessThan(right);
        assertThat(losses.other()).as(said).isZero();
        assertThat(after.faults() - before.faults()).as(said).isZero();
        assertThat(after.rssMib() - before.rssMib()).as(said).isLessThan(MEMORY_MIB);
        assertThat(log()).as(said).hasSizeLessThanOrEqualTo(logLines).noneMatch(line -> line.contains(" ERROR "));
        return this;
    }

    /** No client noticed anything. */
    @CanIgnoreReturnValue
    Finding isUnnoticed() {
        assertThat(losses.lost()).as(line()).isZero();
        assertThat(after.ends() - before.ends()).as(line()).isZero();
        return this;
    }
}
