package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A script of {@code src/test/js} running in Node, with its output; ends with the test.
 *
 * <p>Standard output and standard error are one sequence of lines here. Needs the copy of the scripts that the build
 * makes in {@code target/test-js}.
 */
public final class NodeProcess implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("target", "test-js");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final int TERMINATION_SECONDS = 5;

    private final String script;
    private final Process process;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;

    private NodeProcess(String script, Process process) {
        this.script = script;
        this.process = process;
        this.reader = new Thread(this::read, "output of " + script);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts {@code script}; skips the running test where there is no Node.
     *
     * @throws UncheckedIOException if the process cannot be started
     */
    public static NodeProcess start(String script, String... arguments) {
        Requirement.program("node");
        List<String> command =
                Stream.concat(Stream.of("node", script), Stream.of(arguments)).toList();
        try {
            return new NodeProcess(
                    script,
                    new ProcessBuilder(command)
                            .directory(SCRIPTS.toFile())
                            .redirectErrorStream(true)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for a line that begins with {@code prefix} and returns its rest.
     *
     * @throws AssertionError with the output if no such line comes within {@code limit} or before the process
     *     ends; the process is killed then
     */
    public String awaitLine(String prefix, Duration limit) {
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollInterval(POLL_INTERVAL)
                    .until(() -> find(prefix).isPresent() || !reader.isAlive());
        } catch (ConditionTimeoutException e) {
            throw failure("printed no line " + prefix + " within " + limit);
        }
        return find(prefix).orElseThrow(() -> failure("ended without a line " + prefix));
    }

    /**
     * Waits for the end of the process and returns its exit code; its output is complete then.
     *
     * @throws AssertionError with the output if the process outlives {@code limit}; it is killed then
     */
    public int awaitExit(Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), MILLISECONDS)) {
                reader.join(SECONDS.toMillis(TERMINATION_SECONDS));
                return process.exitValue();
            }
            throw failure("still running after " + limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + script, e);
        }
    }

    /** The lines printed up to now. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Asks the process to end, kills it if it does not within seconds, and returns when it has ended. Idempotent. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TERMINATION_SECONDS, SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(output ended: " + e.getMessage() + ")");
        }
    }

    private Optional<String> find(String prefix) {
        return lines().stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst();
    }

    private AssertionError failure(String what) {
        close();
        return new AssertionError(script + " " + what + "; its output:\n" + String.join("\n", lines()));
    }
}
