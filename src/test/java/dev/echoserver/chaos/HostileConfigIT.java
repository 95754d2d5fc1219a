package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.cli.ConfigFolder;
import dev.echoserver.config.Assignment;
import dev.echoserver.config.ConfigIssue;
import dev.echoserver.config.ConfigResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the files of a configuration, reading them gives a configuration, or a list of what to correct. */
final class HostileConfigIT {
    private static final String MINIMAL =
            "{\"authHost\":[\"http://a.test\"],\"clients\":[{\"appId\":\"a\",\"key\":\"k\"}],"
                    + "\"apps\":[{\"id\":\"1\",\"key\":\"k2\",\"secret\":\"s\"}],\"headers\":{\"X-A\":\"b\"},"
                    + "\"databaseConfig\":{\"redis\":{\"sentinels\":[{\"host\":\"a\",\"port\":1}],\"name\":\"m\",\"tls\":{}}}}";
    private static final int INPUTS = Scale.inputs() / 20; // Each is three files, read as at a start.
    private static final Duration SLOW = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private long valid;
    private Duration slowest = Duration.ZERO;

    @Test
    void filesOfAConfiguration() throws IOException {
        Dice dice = new Dice(Scale.random(HostileConfigIT.class));
        HostileConfig files =
                new HostileConfig(dice, List.of(Files.readString(Path.of("echo-server.json.example")), MINIMAL));
        new ConfigFolder(folder).read(List.of()); // Classes are loaded: that is not counted.
        long start = System.nanoTime();
        for (int count = 0; count < INPUTS; count++) {
            ConfigFolder place = new ConfigFolder(folder);
            byte[] json = files.json();
            byte[] env = files.env();
            place.put("echo-server.json", json);
            place.put(".env", env);
            place.put(dice.hits(50) ? "config/database.php" : "composer.lock", files.php());
            check(place, files.flags(), json, env);
        }
        System.out.printf(
                "configuration: inputs=%d seconds=%.1f valid=%d slowestMillis=%d%n",
                INPUTS, (System.nanoTime() - start) / 1e9, valid, slowest.toMillis());
    }

    private void check(ConfigFolder place, List<Assignment> flags, byte[] json, byte[] env) {
        long start = cpuNanos();
        try {
            ConfigResult result = place.read(flags);
            valid += result instanceof ConfigResult.Valid ? 1 : 0;
            assertThat(result instanceof ConfigResult.Valid
                            || !result.problems().isEmpty())
                    .isTrue();
            assertThat(result.problems()).allMatch(HostileConfigIT::isComplete);
            assertThat(result.notices()).allMatch(HostileConfigIT::isComplete);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new AssertionError(described("echo-server.json", json) + described(".env", env) + flags, e);
        }
        Duration taken = Duration.ofNanos(cpuNanos() - start);
        slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
        assertThat(taken).as(() -> described("echo-server.json", json)).isLessThan(SLOW);
    }

    /** What this thread has worked: the machine may be busy with other things. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Says where, what and what to do, and nothing on lines of its own. */
    private static boolean isComplete(ConfigIssue issue) {
        return !issue.path().isBlank()
                && !issue.message().isBlank()
                && !issue.cure().isBlank()
                && issue.toString().chars().noneMatch(Character::isISOControl);
    }

    private static String described(String name, byte[] content) {
        return "\n" + name + ":\n" + new String(content, StandardCharsets.UTF_8) + "\n"
                + HexFormat.of().formatHex(content, 0, Math.min(content.length, 50));
    }
}
