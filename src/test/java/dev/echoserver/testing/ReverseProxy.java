package dev.echoserver.testing;

import dev.echoserver.testing.ProxyProgram.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A reverse proxy that runs. */
public final class ReverseProxy implements AutoCloseable {
    private final ProxyProgram kind;
    private final Path folder;
    private final RunningProgram program;
    private final int port;

    private ReverseProxy(ProxyProgram kind, Path folder, RunningProgram program, int port) {
        this.kind = kind;
        this.folder = folder;
        this.program = program;
        this.port = port;
    }

    /** Starts {@code kind} in a folder within {@code parent}, with this project's sample for it. */
    public static ReverseProxy start(ProxyProgram kind, Path parent, Site site) {
        return start(kind, parent, site.port(), kind.sample(site));
    }

    /**
     * Starts {@code kind} in a folder within {@code parent} with {@code configuration}, which listens on {@code port}.
     * Skips the running test where there is no such program.
     */
    public static ReverseProxy start(ProxyProgram kind, Path parent, int port, String configuration) {
        Requirement.program(kind.program());
        try {
            Path folder = Files.createTempDirectory(parent, "proxy");
            List<String> command = new ArrayList<>(List.of(kind.program()));
            command.addAll(kind.prepare(folder, configuration));
            RunningProgram program =
                    RunningProgram.start(folder, kind.variables(folder), command.toArray(String[]::new));
            awaitPort(program, port);
            return new ReverseProxy(kind, folder, program, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitPort(RunningProgram program, int port) {
        Awaitility.await("the proxy")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> accepts(port) || !program.isAlive());
        if (!program.isAlive()) {
            throw new IllegalStateException(program.output());
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that nobody listens on at this moment. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where browsers connect. */
    public int port() {
        return port;
    }

    /** Where it runs. */
    public Path folder() {
        return folder;
    }

    /** Has it read its configuration again. */
    public void reload() {
        kind.reload(folder, program);
    }

    /** What it has logged. */
    public String output() {
        return program.output();
    }

    @Override
    public void close() {
        List<ProcessHandle> workers = program.handle().descendants().toList();
        program.terminate(); // Most end their workers with them then.
        program.exitCode();
        workers.forEach(ProcessHandle::destroyForcibly);
        program.close();
    }
}
