package dev.echoserver.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.echoserver.testing.Requirement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every real client in a real browser, with its default transports, against every server. */
final class BrowserIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String CHROMIUM = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");

    static Stream<Arguments> matrix() {
        return Peer.all().stream().flatMap(peer -> Cell.inBrowser().map(cell -> arguments(peer, cell)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("matrix")
    @Execution(CONCURRENT)
    @ResourceLock(providers = OneAtATimeOnAGivenServer.class)
    void everyCheckPasses(Peer peer, Cell cell) {
        Requirement.program(CHROMIUM);
        try (RunningPeer server = peer.start().get()) {
            CellResult result = cell.run(server.url(), LIMIT);
            assertThat(result.exitCode())
                    .as(() -> String.join("\n", result.lines()))
                    .isZero();
        }
    }
}
