package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The file beside the configuration that names the process which serves it: {@code {"process": <pid>}}.
 *
 * <p>Unlike laravel-echo-server, the file alone proves nothing: after a crash, a reboot or in the next container the
 * number may belong to another program or to this very process. So the process must also look like a server and must
 * not be younger than the file. When in doubt nothing is locked; two servers cannot share a port anyway.
 */
final class LockFile {
    /** Start times of processes are coarse, and are counted from the boot rather than from the clock of files. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path path;

    private LockFile(Path path) {
        this.path = path;
    }

    static LockFile beside(Path config) {
        String name = config.getFileName().toString();
        String base = name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
        return new LockFile(config.resolveSibling(base + ".lock"));
    }

    Path path() {
        return path;
    }

    /** The running server that wrote this file, unless it is this process. */
    Optional<ProcessHandle> owner() {
        return pid().filter(pid -> pid != ProcessHandle.current().pid())
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(LockFile::looksLikeServer)
                .filter(process -> !isYounger(process));
    }

    private Optional<Long> pid() {
        try {
            long pid =
                    new ObjectMapper().readTree(path.toFile()).path("process").asLong();
            return Optional.of(pid).filter(number -> number > 0);
        } catch (IOException e) {
            return Optional.empty(); // Missing, half-written or not ours: nobody is locked out by it.
        }
    }

    private static boolean looksLikeServer(ProcessHandle process) {
        String command = commandLine(process);
        return command.contains("echo-server") || command.contains("echoserver");
    }

    /** As the kernel has it, because laravel-echo-server overwrites its command line with its title. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), UTF_8);
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }

    private boolean isYounger(ProcessHandle process) {
        try {
            Instant written = Files.getLastModifiedTime(path).toInstant().plus(TOLERANCE);
            return process.info().startInstant().filter(written::isBefore).isPresent();
        } catch (IOException e) {
            return true; // The file went away meanwhile: that server has just stopped.
        }
    }

    /** Names this process as the server. */
    void write() throws IOException {
        Files.writeString(path, "{\n\t\"process\": " + ProcessHandle.current().pid() + "\n}");
    }

    /** Removes the file if it names this process. */
    void release() {
        if (pid().filter(pid -> pid == ProcessHandle.current().pid()).isPresent()) {
            remove();
        }
    }

    /** Removes the file, whoever it names. One that cannot be removed does no harm. */
    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Nothing is locked by a file whose process is gone.
        }
    }
}
