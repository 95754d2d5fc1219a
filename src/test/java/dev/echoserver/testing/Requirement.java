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
        unmet("program: " + program + " (expected: an executable on the PATH)");
    }

    /** Skips the running test because of {@code reason}; with the environment variable {@code CI=true} fails it. */
    public static void unmet(String reason) {
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
