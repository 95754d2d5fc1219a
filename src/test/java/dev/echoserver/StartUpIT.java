package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What starting the packaged program costs, and what it says. */
final class StartUpIT {
    private static final Logger log = LoggerFactory.getLogger(StartUpIT.class);

    private static final Duration READY = Duration.ofSeconds(5);
    private static final long MAX_RESIDENT_KIB = 160 * 1024;

    @TempDir
    private Path folder;

    @Test
    void takesSecondsAndLittleMemoryAndSaysWhatLaravelEchoServerSays() throws IOException {
        try (LocalRedis redis = RedisFixture.local()) {
            InstalledProgram program = InstalledProgram.in(folder)
                    .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":"
                            + redis.settings().port() + "}}}");
            try (RunningProgram warmUp = program.run("warm-up")) {
                assertThat(warmUp.exitCode()).isZero(); // The archive of the build may be that of another Java.
            }
            long start = System.nanoTime();
            try (RunningProgram server = program.startServer()) {
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                long resident = residentKib(server.handle().pid());
                log.info("Start: readyMillis={} residentMib={}", took.toMillis(), resident / 1024);
                assertThat(took).isLessThan(READY);
                assertThat(resident).isLessThan(MAX_RESIDENT_KIB);
                assertThat(withoutTheLog(server.output()))
                        .containsExactly(
                                "L A R A V E L  E C H O  S E R V E R",
                                "version …",
                                "Starting server...",
                                "✔  Running at localhost on port " + InstalledProgram.portOf(server),
                                "✔  Listening for http events...",
                                "✔  Listening for redis events...",
                                "Server ready!");
            }
        }
    }

    private static List<String> withoutTheLog(String output) {
        return output.lines()
                .filter(line -> !line.isEmpty() && !line.contains(" INFO "))
                .map(line -> line.replaceFirst("^version \\d.*", "version …"))
                .toList();
    }

    /** Source: {@code proc(5)}. */
    private static long residentKib(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        assumeTrue(Files.isReadable(status), "No /proc on this system");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
