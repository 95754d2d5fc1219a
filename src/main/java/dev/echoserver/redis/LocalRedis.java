package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.RedisConfig;
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
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Redis of one's own, for demonstrations and tests: on a free port of the loopback address, with nothing kept on disk. Ends
 * with this JVM at the latest. One thread.
 */
public final class LocalRedis implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 20;

    private final RedisBinary binary;
    private final Path folder;
    private final List<String> command;
    private final int port;
    private final Thread ending;
    private volatile Process process;

    private LocalRedis(RedisBinary binary, Path folder, List<String> options) throws IOException {
        this.binary = binary;
        this.folder = folder;
        this.port = freePort();
        this.command = command(binary, folder, port, options);
        this.process = launch();
        this.ending = new Thread(this::end, "redis-end");
        Runtime.getRuntime().addShutdownHook(ending);
    }

    /**
     * Starts {@code redis-server} if it is on the {@code PATH}, else the one that comes along.
     *
     * @throws RedisUnavailableException if neither runs here
     */
    public static LocalRedis start() {
        return start(List.of());
    }

    /** As {@link #start()}, with further options such as {@code --requirepass}. */
    static LocalRedis start(List<String> options) {
        Path folder = temporaryFolder();
        String searchPath = System.getenv().getOrDefault("PATH", "");
        return start(RedisBinary.on(searchPath).orElseGet(() -> RedisBinary.bundled(folder)), folder, options);
    }

    static LocalRedis start(RedisBinary binary, Path folder, List<String> options) {
        try {
            LocalRedis redis = new LocalRedis(binary, folder, options);
            try {
                redis.awaitAnswer();
                return redis;
            } catch (IOException e) {
                redis.close();
                throw e;
            }
        } catch (IOException e) {
            throw new RedisUnavailableException(
                    "redis-server does not start (" + binary.origin() + "); install redis-server on the PATH", e);
        }
    }

    static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("echo-server-redis");
        } catch (IOException e) {
            throw new RedisUnavailableException("No temporary folder for Redis", e);
        }
    }

    /** Which program it is, for people. */
    public String origin() {
        return binary.origin();
    }

    /** How to reach it. */
    public RedisConfig settings() {
        return RedisConfig.of(LOOPBACK.getHostAddress(), port);
    }

    /** The process; changes with each restart. */
    ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends it in order. Does nothing if it has ended. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Ends it as a crash would. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /**
     * Starts it again on the same port, empty.
     *
     * @throws RedisUnavailableException if it does not start
     */
    public void restart() {
        stop();
        try {
            process = launch();
            awaitAnswer();
        } catch (IOException e) {
            throw new RedisUnavailableException("redis-server does not start again (" + origin() + ")", e);
        }
    }

    /**
     * Leaves its end to {@link #close} alone, for an owner that has something to end before it when the JVM is asked to
     * end: hooks of the JVM run at the same time.
     */
    public void endOnlyWhenClosed() {
        forgetHook();
    }

    /** Ends it and removes its files. Idempotent. */
    @Override
    public void close() {
        forgetHook();
        end();
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException shuttingDown) {
            // Too late; ending twice does no harm.
        }
    }

    private synchronized void end() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
        } catch (IOException | UncheckedIOException goneOrLocked) {
            // What is left is small, and lies among temporary files.
        }
    }

    private static List<String> command(RedisBinary binary, Path folder, int port, List<String> options) {
        List<String> command = new ArrayList<>(List.of(binary.file().toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", LOOPBACK.getHostAddress()));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", folder.toString()));
        command.addAll(options);
        return command;
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private Path log() {
        return folder.resolve("redis.log");
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (endsWithin(POLL_MILLIS) || System.nanoTime() > end) {
                throw new IOException(
                        "redis-server: no answer on port " + port + ": " + Files.readString(log(), UTF_8));
            }
        }
    }

    /** Any answer will do: with a password set it is an error. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), (int) START.toMillis());
            socket.setSoTimeout((int) START.toMillis());
            socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
            int first = socket.getInputStream().read();
            return first == '+' || first == '-';
        } catch (IOException notYet) {
            return false;
        }
    }

    private void awaitEnd() {
        if (!endsWithin(STOP.toMillis())) {
            process.destroyForcibly();
            endsWithin(STOP.toMillis());
        }
    }

    private boolean endsWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
