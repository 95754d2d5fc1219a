package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The management port of a server that tells the same lines to everybody who asks, and then closes the connection. */
public final class StubManagement implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    private StubManagement(HttpServer server) {
        this.server = server;
    }

    /** One that tells {@code lines} at any path. */
    public static StubManagement telling(String... lines) {
        return on(0, lines);
    }

    /** The same on {@code port}. */
    public static StubManagement on(int port, String... lines) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            StubManagement stub = new StubManagement(server);
            server.setExecutor(stub.threads);
            server.createContext("/", exchange -> stub.tell(exchange, List.of(lines)));
            server.start();
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(HttpExchange exchange, List<String> lines) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestURI().toString());
            exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            for (String line : lines) {
                exchange.getResponseBody().write((line + "\n").getBytes(UTF_8));
                exchange.getResponseBody().flush();
            }
        }
    }

    /** Where it is. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** What it was asked for. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
