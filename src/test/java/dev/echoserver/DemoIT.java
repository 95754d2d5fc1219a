package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first five minutes of somebody who has nothing but Java: {@code echo-server demo}, looked at in a browser. */
final class DemoIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What is called on every system; there is no {@code redis-server} among them. */
    private static final List<String> PROGRAMS =
            List.of("sh", "dirname", "readlink", "grep", "sed", "head", "find", "uname");

    @TempDir
    private Path folder;

    private Path path;
    private RunningProgram demo;

    @BeforeEach
    void start() throws IOException {
        leaveOnlyAFewPrograms();
        demo = InstalledProgram.in(folder)
                .with("PATH", path.toString())
                .with("REDIS_URL", "")
                .run("demo", "--port", "0");
    }

    private void leaveOnlyAFewPrograms() throws IOException {
        path = Files.createDirectory(folder.resolve("path"));
        for (String program : PROGRAMS) {
            Path script = Files.writeString(path.resolve(program), "#!/bin/sh\nexec " + onPath(program) + " \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static Path onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    /** With a signal that it can act on: killed, it would leave its Redis behind. */
    @AfterEach
    void stop() {
        demo.terminate();
        demo.exitCode();
        demo.close();
    }

    @Test
    void showsEventsAndPublishesThemOnAMachineWithoutRedis() {
        Requirement.program(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
        String url = "http://127.0.0.1:" + demo.awaitRestOf("http://127.0.0.1:").replace("/demo", "");
        assertThat(demo.awaitRestOf("Redis: ")).contains("bundled redis-server");

        visit(url, "demo.png");
        visit(url, "demo-phone-dark.png", "--width", "390", "--height", "844", "--dark");
    }

    private static void visit(String url, String screenshot, String... options) {
        Path picture = Path.of("target", "screenshots", screenshot).toAbsolutePath();
        String[] arguments = Stream.concat(
                        Stream.of("--url", url, "--screenshot", picture.toString()), Stream.of(options))
                .toArray(String[]::new);
        try (NodeProcess visitor = NodeProcess.start("demo.mjs", arguments)) {
            int exitCode = visitor.awaitExit(LIMIT);
            assertThat(exitCode).as(() -> String.join("\n", visitor.lines())).isZero();
            assertThat(picture).isNotEmptyFile();
        }
    }

    @Test
    void endsWithItsRedisOnASignal() {
        demo.awaitRestOf("Redis: ");
        List<ProcessHandle> children = demo.handle().descendants().toList();
        assertThat(children).isNotEmpty();

        demo.terminate();

        assertThat(demo.exitCode()).as(demo.output()).isZero();
        await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(demo.output()).doesNotContain(" WARN ", " ERROR ", "Exception");
    }
}
