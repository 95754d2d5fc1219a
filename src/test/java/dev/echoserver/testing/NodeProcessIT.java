package dev.echoserver.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Node itself is the only program here: {@code -e} takes the script from the argument. */
final class NodeProcessIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String RUN_ON = "setInterval(() => {}, 1000)";

    @Test
    void returnsTheRestOfTheAwaitedLine() {
        try (NodeProcess process = NodeProcess.start("-e", "console.log('first'); console.log('port 5'); " + RUN_ON)) {
            assertThat(process.awaitLine("port ", LONG)).isEqualTo("5");
        }
    }

    @Test
    void hasTheWholeOutputOfBothStreamsOnceTheProcessEnded() {
        try (NodeProcess process =
                NodeProcess.start("-e", "console.log('é中😀'); console.error('bad'); process.exitCode = 3")) {
            assertThat(process.awaitExit(LONG)).isEqualTo(3);
            assertThat(process.lines()).containsExactlyInAnyOrder("é中😀", "bad");
        }
    }

    @Test
    void failsWithTheOutputWhenTheProcessEndsWithoutTheLine() {
        try (NodeProcess process = NodeProcess.start("-e", "console.log('something else')")) {
            assertThatThrownBy(() -> process.awaitLine("port ", LONG))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("ended without a line port", "something else");
        }
    }

    @Test
    void failsWithTheOutputWhenTheLineDoesNotCome() {
        try (NodeProcess process = NodeProcess.start("-e", RUN_ON)) {
            assertThatThrownBy(() -> process.awaitLine("port ", SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("printed no line port");
        }
    }

    @Test
    void killsAProcessThatOutlivesItsLimit() {
        try (NodeProcess process = NodeProcess.start("-e", "process.on('SIGTERM', () => process.exit(7)); " + RUN_ON)) {
            assertThatThrownBy(() -> process.awaitExit(SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("still running");
            assertThat(process.awaitExit(SHORT)).isPositive();
        }
    }
}
