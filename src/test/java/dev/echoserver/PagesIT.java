package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages rely on: laravel-echo with socket.io-client 2, 3 and 4 over polling, WebSocket and both, on two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PagesIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private Cluster cluster;
    private List<String> urls = List.of();

    @BeforeAll
    void startEverything() {
        cluster = Cluster.in(folder, Duration.ZERO);
        urls = Stream.of("first", "second").map(cluster::node).map(PagesIT::url).toList();
    }

    private static String url(RunningProgram node) {
        return "http://127.0.0.1:" + InstalledProgram.portOf(node);
    }

    @AfterAll
    void stopEverything() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"manyChannels", "longTokens", "manyPages", "whispers", "bytes"})
    void everyCheckPasses(String check) {
        String[] arguments = Stream.concat(Stream.of(check), urls.stream()).toArray(String[]::new);
        try (NodeProcess pages = NodeProcess.start("pages.mjs", arguments)) {
            assertThat(pages.awaitExit(LIMIT))
                    .as(() -> String.join("\n", pages.lines()))
                    .isZero();
        }
    }
}
