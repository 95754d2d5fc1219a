package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node in front of the program: {@code node echo-server}, and pm2. */
final class Pm2IT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private LocalRedis redis;
    private InstalledProgram program;

    @BeforeEach
    void configure() {
        Requirement.program("node");
        Requirement.program("setpriv");
        redis = RedisFixture.local();
        program = InstalledProgram.in(folder)
                .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}");
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Test
    void signalsAndTheExitCodeGoThroughNode() {
        try (RunningProgram server = program.by(List.of("node")).startServer()) {
            server.signal("HUP");
            server.awaitRestOf("Reloaded the configuration");
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
        try (RunningProgram server = program.configured("{\"port\":\"x\"}").run("start")) {
            assertThat(server.exitCode()).isEqualTo(78);
        }
    }

    @Test
    void theServerEndsWithANodeThatIsKilled() {
        try (RunningProgram server = program.by(List.of("node")).startServer()) {
            List<ProcessHandle> behind = server.handle().descendants().toList();
            assertThat(behind).isNotEmpty();

            server.kill();

            await().atMost(PATIENCE).until(() -> behind.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    /** With {@code instances} pm2 takes its cluster mode, in which the script runs inside a process of pm2's own. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\"instances\": 1,"})
    void pm2StartsItByItsNameAndRestartsItAndLeavesNothing(String mode) throws IOException {
        Files.writeString(
                folder.resolve("echo.json"),
                "{\"name\": \"echo\", " + mode + "\"script\": \"echo-server\", \"args\": \"start\"}");
        try {
            pm2("start", "echo.json");
            awaitStarts(1);
            ProcessHandle first = java();

            pm2("restart", "echo");
            awaitStarts(2);
            ProcessHandle second = java();
            assertThat(first.isAlive()).isFalse();

            second.parent().orElseThrow().destroyForcibly();
            awaitStarts(3);
            await().atMost(PATIENCE).until(() -> !second.isAlive());

            ProcessHandle third = java();
            pm2("delete", "echo");
            await().atMost(PATIENCE).until(() -> !third.isAlive());
            assertThat(log()).contains("Closing connections: count=0");
        } finally {
            pm2("kill");
        }
    }

    private void pm2(String... arguments) {
        Path bin = Path.of("target/installed/bin").toAbsolutePath();
        Map<String, String> variables = Map.of(
                "PM2_HOME",
                home().toString(),
                "PM2_DISABLE_VERSION_CHECK",
                "true",
                "PATH",
                bin + ":" + System.getenv("PATH"),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "ECHO_SERVER_MANAGEMENT",
                "false");
        String script = Path.of("target/test-js/node_modules/pm2/bin/pm2")
                .toAbsolutePath()
                .toString();
        String[] command =
                Stream.concat(Stream.of("node", script), Stream.of(arguments)).toArray(String[]::new);
        try (RunningProgram pm2 = RunningProgram.start(folder, variables, command)) {
            assertThat(pm2.exitCode()).as(pm2.output()).isZero();
        }
    }

    private Path home() {
        return folder.resolve("pm2");
    }

    private void awaitStarts(int count) {
        await().atMost(PATIENCE)
                .until(() -> log().lines()
                                .filter(line -> line.contains("Server ready!"))
                                .count()
                        == count);
    }

    private String log() {
        try (Stream<Path> files = Files.list(home().resolve("logs"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("echo-out"))
                    .map(Pm2IT::contentOf)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one server that pm2 runs. */
    private ProcessHandle java() throws IOException {
        long daemon = Long.parseLong(Files.readString(home().resolve("pm2.pid")).strip());
        List<ProcessHandle> all = ProcessHandle.of(daemon)
                .orElseThrow()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .toList();
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
