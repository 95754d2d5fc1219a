package dev.echoserver.testing;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged program, installed as an administrator does it: {@code bin/echo-server} beside its jar and {@code lib/}.
 * Each has its own working folder.
 *
 * <p>Needs what {@code mvn package} makes in {@code target}.
 */
public final class InstalledProgram {
    private static final Path HOME = Path.of("target", "installed");
    private static final String READY = "Server ready!";

    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> wrapper = new ArrayList<>();

    private InstalledProgram(Path folder) {
        this.folder = folder;
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("JAVA_OPTS", "");
        variables.put("ECHO_SERVER_JAVA_OPTS", "");
        variables.put("ECHO_SERVER_MANAGEMENT", "false"); // Servers of several tests would want the same port.
    }

    /** One that runs in {@code folder}. */
    public static InstalledProgram in(Path folder) {
        Path jar = Path.of("target", "echo-server.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "jar: none at " + jar.toAbsolutePath() + " (expected: built by mvn package)");
        }
        install();
        return new InstalledProgram(folder);
    }

    /** Once only: another thread may be starting what is installed. */
    private static synchronized void install() {
        try {
            Path source = Path.of("bin/echo-server");
            Path launcher = Files.createDirectories(HOME.resolve("bin")).resolve("echo-server");
            if (!Files.exists(launcher) || Files.mismatch(source, launcher) >= 0) {
                Files.copy(source, launcher, COPY_ATTRIBUTES, REPLACE_EXISTING);
            }
            for (String built : List.of("echo-server.jar", "echo-server.jsa", "lib")) {
                link(HOME.resolve(built), Path.of("..", built));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path target) throws IOException {
        if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(target)) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, target);
        }
    }

    /** Sets a variable of its environment; removes it if {@code value} is empty. */
    public InstalledProgram with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** Has {@code command} run it, which must become it: {@code ip netns exec}, {@code nice}. */
    public InstalledProgram by(List<String> command) {
        wrapper.addAll(command);
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
        List<String> command = new ArrayList<>(wrapper);
        command.add(HOME.resolve("bin/echo-server").toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        return RunningProgram.start(folder, variables, command.toArray(String[]::new));
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

    /** Where a started server is reached. */
    public static InetSocketAddress addressOf(RunningProgram server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), portOf(server));
    }
}
