package dev.echoserver.doctor;

import dev.echoserver.testing.Nginx;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Redis with options of one's own. */
final class RedisProcess implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final RunningProgram program;

    private RedisProcess(Path folder, int port, RunningProgram program) {
        this.folder = folder;
        this.port = port;
        this.program = program;
    }

    static RedisProcess start(Path folder, String... options) {
        Requirement.program("redis-server");
        Requirement.program("redis-cli");
        int port = Nginx.freePort();
        List<String> command = new ArrayList<>(List.of("redis-server", "--port", Integer.toString(port), "--save", ""));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString()));
        command.addAll(List.of(options));
        RunningProgram program = RunningProgram.start(folder, Map.of(), command.toArray(String[]::new));
        program.awaitRestOf("Ready to accept connections");
        return new RedisProcess(folder, port, program);
    }

    int port() {
        return port;
    }

    /** Runs one command. */
    void run(String... words) {
        List<String> command = new ArrayList<>(List.of("redis-cli", "-e", "-p", Integer.toString(port)));
        command.addAll(List.of(words));
        try (RunningProgram cli = RunningProgram.start(folder, Map.of(), command.toArray(String[]::new))) {
            if (cli.exitCode() != 0) {
                throw new IllegalStateException(cli.output());
            }
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
