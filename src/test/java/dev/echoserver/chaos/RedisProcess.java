package dev.echoserver.chaos;

import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@code redis-server} to be treated badly, on one port for all its lives. One thread. */
final class RedisProcess implements AutoCloseable {
    private final Path folder;
    private final int port = freePort();
    private RunningProgram program;

    private RedisProcess(Path folder) {
        this.folder = folder;
        this.program = launch();
    }

    /** Starts one whose files are in {@code folder}. */
    static RedisProcess in(Path folder) {
        Requirement.program("redis-server");
        RedisProcess redis = new RedisProcess(folder);
        redis.awaitReady();
        return redis;
    }

    /** A port of the loopback address on which nobody listens. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** SIGKILL. */
    void kill() {
        program.close();
    }

    /** Starts it again with more {@code options}; it may be busy loading when this returns. */
    void restart(String... options) {
        program = launch(options);
    }

    void awaitReady() {
        program.awaitRestOf("Ready to accept connections");
    }

    void signal(String name) {
        program.signal(name);
    }

    /** What it answers to one command on a connection of its own. */
    String run(String... command) {
        try (RedisLine line = new RedisLine(port)) {
            return line.ask(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunningProgram launch(String... options) {
        List<String> command = new ArrayList<>(List.of("redis-server", "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--appendonly", "no", "--dir", folder.toString()));
        command.addAll(List.of("--save", ""));
        command.addAll(List.of(options));
        return RunningProgram.start(folder, Map.of(), command.toArray(String[]::new));
    }

    @Override
    public void close() {
        program.close();
    }
}
