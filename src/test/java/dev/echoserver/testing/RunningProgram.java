package dev.echoserver.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A process with its output, killed when closed. */
public final class RunningProgram implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path output;

    private RunningProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code command} in {@code folder}; {@code variables} are added, those with an empty value removed. */
    public static RunningProgram start(Path folder, Map<String, String> variables, String... command) {
        try {
            Path output = Files.createTempFile("program", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(variables);
            builder.environment().values().removeIf(String::isEmpty);
            return new RunningProgram(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts {@code main}, a class of these tests, in a JVM of its own. */
    public static RunningProgram java(Path folder, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return start(folder, Map.of(), command.toArray(String[]::new));
    }

    /** Waits until it has printed {@code line}. */
    public RunningProgram awaitLine(String line) {
        await(line, () -> output().lines().anyMatch(line::equals));
        return this;
    }

    /** Waits for a line that contains {@code start} and returns what follows it. */
    public String awaitRestOf(String start) {
        await(start, () -> restOf(start).isPresent());
        return restOf(start).orElseThrow();
    }

    private Optional<String> restOf(String start) {
        String text = output();
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.contains(start))
                .map(line -> line.substring(line.indexOf(start) + start.length()))
                .findFirst();
    }

    private void await(String what, BooleanSupplier condition) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> condition.getAsBoolean() || !process.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("did not print: " + what + "\n" + output(), e);
        }
        if (!condition.getAsBoolean()) {
            throw new AssertionError("ended without printing: " + what + "\n" + output());
        }
    }

    /** Both stdout and stderr so far. */
    public String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often a line of the output contains {@code text}. */
    public long countLines(String text) {
        return output().lines().filter(line -> line.contains(text)).count();
    }

    /** Waits for the end. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running: " + process.info() + "\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends the signal {@code name}, such as HUP. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Ends it with SIGKILL, so that it cannot clean up, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** For what only the operating system knows about it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** How much of it is in the machine's memory now, in KiB. Source: {@code proc(5)}. */
    public long residentKib() {
        return status("VmRSS:");
    }

    /** How many threads it has now. */
    public long threads() {
        return status("Threads:");
    }

    private long status(String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
