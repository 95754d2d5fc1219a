package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.doctor.Examination;
import dev.echoserver.doctor.Scope;
import dev.echoserver.systemd.ServiceManager;
import dev.echoserver.testing.RunningProgram;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start and stop as real processes with real signals; only the server inside is a bare socket. */
final class StartStopIT {
    @TempDir
    private Path folder;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("echo-server.json"), "{\"port\":0}");
    }

    private RunningProgram program(String... arguments) {
        return RunningProgram.java(folder, Program.class, arguments);
    }

    @Test
    void aSignalStopsTheServerCleanly() {
        try (RunningProgram server = program("start").awaitLine("Server ready!")) {
            assertThat(folder.resolve("echo-server.lock")).exists();

            server.terminate();

            assertThat(server.exitCode()).isZero();
            assertThat(server.output()).endsWith("closed\n");
            assertThat(folder.resolve("echo-server.lock")).doesNotExist();
        }
    }

    @Test
    void stopEndsTheServerAndWaitsForIt() {
        try (RunningProgram server = program("start").awaitLine("Server ready!");
                RunningProgram stop = program("stop")) {
            assertThat(stop.exitCode()).isZero();
            assertThat(stop.output()).isEqualTo("Closed the running server.\n");
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void aSecondServerIsRefusedUnlessForced() {
        try (RunningProgram first = program("start").awaitLine("Server ready!");
                RunningProgram second = program("start");
                RunningProgram third = start(second, "start", "--force")) {
            third.awaitLine("Server ready!");
            assertThat(first.exitCode()).isZero();
            assertThat(folder.resolve("echo-server.lock")).exists();
            third.terminate();
            assertThat(third.exitCode()).isZero();
        }
    }

    private RunningProgram start(RunningProgram refused, String... arguments) {
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("There is already a server running");
        return program(arguments);
    }

    @Test
    void theLockOfAKilledServerLocksNobodyOut() {
        try (RunningProgram killed = program("start").awaitLine("Server ready!")) {
            killed.kill();
        }
        assertThat(folder.resolve("echo-server.lock")).exists();
        try (RunningProgram next = program("start").awaitLine("Server ready!")) {
            assertThat(next.isAlive()).isTrue();
        }
    }

    /** The commands with a server that only binds its port. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Shell shell = new Shell(
                    new BufferedReader(Reader.nullReader()),
                    new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8),
                    new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8),
                    Path.of("").toAbsolutePath(),
                    System.getenv());
            System.exit(Main.commandLine(shell, new BareSocket(shell), new ThisJvm())
                    .execute(arguments));
        }
    }

    private record BareSocket(Shell shell) implements Backend {
        @Override
        public RunningServer start(ServerConfig config, SourceListener listener) {
            try {
                ServerSocket socket = new ServerSocket(config.port(), 1, InetAddress.getLoopbackAddress());
                listener.listening();
                return new Bound(socket, shell);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ServiceManager serviceManager(Map<String, String> environment) {
            return ServiceManager.NONE;
        }

        @Override
        public long publish(RedisConfig redis, String channel, byte[] payload) {
            throw new UnsupportedOperationException("publish: not used here");
        }

        @Override
        public void examine(ServerConfig config, Scope scope, Examination.Report report) {
            throw new UnsupportedOperationException("examine: not used here");
        }
    }

    private record Bound(ServerSocket socket, Shell shell) implements Backend.RunningServer {
        @Override
        public int port() {
            return socket.getLocalPort();
        }

        @Override
        public Optional<Integer> httpsPort() {
            return Optional.empty();
        }

        @Override
        public Optional<Integer> managementPort() {
            return Optional.empty();
        }

        @Override
        public List<Executor> loops() {
            return List.of();
        }

        @Override
        public int connections() {
            return 0;
        }

        @Override
        public void reload(ServerConfig config) {
            shell.say("reloaded");
        }

        @Override
        public void close() {
            try {
                socket.close();
                shell.say("closed");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
