package dev.echoserver.laravel;

import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * Laravel 8 with a stand-in for Sanctum, in PHP's own web server; see {@code laravel.php}. The running test is skipped where
 * PHP or the framework is missing.
 */
final class LaravelProcess implements AutoCloseable {
    private static final Path FRAMEWORK = Path.of("/usr/share/php/Illuminate/autoload.php");
    private static final Path SCRIPT = Path.of("src/test/php/laravel.php").toAbsolutePath();

    private final Path state;
    private final RunningProgram program;
    private final String url;

    private LaravelProcess(Path state, RunningProgram program, String url) {
        this.state = state;
        this.program = program;
        this.url = url;
    }

    /** Starts it; what it writes goes into {@code state}. */
    static LaravelProcess start(Path state) {
        Requirement.program("php");
        if (!Files.exists(FRAMEWORK)) {
            Requirement.unmet("framework: " + FRAMEWORK + " (expected: Debian's php-laravel-framework)");
        }
        String address = "127.0.0.1:" + freePort();
        RunningProgram program = RunningProgram.start(
                state, Map.of("LARAVEL_STATE", state.toString()), "php", "-S", address, SCRIPT.toString());
        program.awaitRestOf("Development Server (http://" + address);
        return new LaravelProcess(state, program, "http://" + address);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@code authHost}; it is the one stateful domain, too. */
    String url() {
        return url;
    }

    /** The cookies of somebody who has logged in, as a browser sends them. */
    String cookies() {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/login"))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            List<String> set = answer.headers().allValues("Set-Cookie");
            return set.stream().map(cookie -> cookie.split(";", 2)[0]).collect(Collectors.joining("; "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code php artisan down --retry=60}. */
    void goDown() throws IOException {
        Files.writeString(mark(), "{\"retry\":60}");
    }

    /** As {@code php artisan up}. */
    void comeUp() throws IOException {
        Files.delete(mark());
    }

    private Path mark() {
        Path mark = state.resolve("storage/framework/down");
        Awaitility.await().until(() -> Files.exists(mark.getParent()));
        return mark;
    }

    @Override
    public void close() {
        program.close();
    }
}
