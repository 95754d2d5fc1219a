package dev.echoserver.testing;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The packaged program, installed as an administrator does it: {@code bin/echo-server} beside {@code lib/} with the jars.
 * Each has its own working folder.
 *
 * <p>Needs what {@code mvn package} makes in {@code target}.
 */
public final class InstalledProgram {
    private static final Path HOME = Path.of("target", "installed");
    private static final String READY = "Server ready!";

    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();

    private InstalledProgram(Path folder) {
        this.folder = folder;
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("JAVA_OPTS", "");
        variables.put("ECHO_SERVER_JAVA_OPTS", "");
    }

    /** One that runs in {@code folder}. */
    public static InstalledProgram in(Path folder) {
        Path jar = Path.of("target", "echo-server.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "jar: none at " + jar.toAbsolutePath() + " (expected: built by mvn package)");
        }
        try {
            Path bin = Files.createDirectories(HOME.resolve("bin"));
            Files.copy(Path.of("bin/echo-server"), bin.resolve("echo-server"), COPY_ATTRIBUTES, REPLACE_EXISTING);
            Path lib = HOME.resolve("lib");
            if (!Files.exists(lib)) {
                Files.createSymbolicLink(lib, Path.of(".."));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new InstalledProgram(folder);
    }

    /** Sets a variable of its environment; removes it if {@code value} is empty. */
    public InstalledProgram with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** Writes its configuration file. */
    public InstalledProgram configured(String json) {
        try {
            Files.writeString(folder.resolve("echo-server.json"), json);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one command. */
    public RunningProgram run(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = HOME.resolve("bin/echo-server").toAbsolutePath().toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return RunningProgram.start(folder, variables, command);
    }

    /** Runs {@code script} in a shell, in which {@code $0} is the program. */
    public RunningProgram shell(String script) {
        String program = HOME.resolve("bin/echo-server").toAbsolutePath().toString();
        return RunningProgram.start(folder, variables, "sh", "-c", script, program);
    }

    /** Starts the server and waits until it listens to Redis. */
    public RunningProgram startServer() {
        return run("start").awaitLine(READY);
    }

    /** The port that a started server has printed. */
    public static int portOf(RunningProgram server) {
        return Integer.parseInt(
                server.awaitRestOf("✔  Running at localhost on port ").replace(" (https)", ""));
    }
}
