package dev.echoserver.testing;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a test needs of the machine it runs on. */
public final class Requirement {
    private Requirement() {}

    /**
     * Skips the running test unless {@code program} can be run; with the environment variable {@code CI=true} fails it.
     *
     * @param program a name to look for on the PATH, or a path
     */
    public static void program(String program) {
        if (isExecutable(program)) {
            return;
        }
        String reason = "program: " + program + " (expected: an executable on the PATH)";
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        abort(reason);
    }

    private static boolean isExecutable(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory).resolve(program))
                .anyMatch(Files::isExecutable);
    }
}
