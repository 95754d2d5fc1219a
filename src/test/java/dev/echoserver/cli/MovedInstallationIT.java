package dev.echoserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, in another folder than the one that it was built in. */
final class MovedInstallationIT {
    private static final Path BUILT = Path.of("target");

    @TempDir
    private Path folder;

    private Path install() throws IOException {
        Path home = folder.toRealPath().resolve("opt");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        copy(Path.of("bin/echo-server"), home.resolve("bin/echo-server"));
        copy(BUILT.resolve("echo-server.jar"), home.resolve("echo-server.jar"));
        copy(BUILT.resolve("echo-server.jsa"), home.resolve("echo-server.jsa"));
        try (Stream<Path> libraries = Files.list(BUILT.resolve("lib"))) {
            for (Path library : libraries.toList()) {
                copy(library, home.resolve("lib").resolve(library.getFileName()));
            }
        }
        return home;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private String startOf(Path home) {
        List<String> command = List.of(
                home.resolve("bin/echo-server").toString(),
                "start",
                "--port=0",
                "--redis-port=1",
                "--set=management=false");
        Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", "");
        try (RunningProgram program = RunningProgram.start(folder, java, command.toArray(String[]::new))) {
            program.awaitRestOf("✔  Running at");
            return program.output();
        }
    }

    @Test
    void saysThatItsClassArchiveDoesNotFitUntilItIsMadeAnew() throws IOException {
        Path home = install();

        assertThat(startOf(home))
                .contains("Notice: the class archive " + home + "/echo-server.jsa does not fit", "echo-server warm-up");

        Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", "");
        try (RunningProgram warmUp = RunningProgram.start(
                folder, java, home.resolve("bin/echo-server").toString(), "warm-up")) {
            assertThat(warmUp.exitCode()).as(warmUp.output()).isZero();
        }
        assertThat(startOf(home)).doesNotContain("class archive");
    }
}
