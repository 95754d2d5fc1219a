package dev.echoserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The application that is asked who may join. The user is who the header {@code X-User} says; {@value #NOBODY}, and whoever
 * says nothing, may join nothing. The header {@code X-Answer} is the body to answer with, {@code X-Status} the status.
 */
public final class StubApplication implements AutoCloseable {
    /** Who is refused with status 403. */
    public static final String NOBODY = "nobody";

    private static final int THREADS = 64; // Many more than a test allows, so that too many are seen.

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Duration thinking;
    private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    private StubApplication(HttpServer server, Duration thinking) {
        this.server = server;
        this.thinking = thinking;
    }

    /** What it was asked: {@code headers} have names in lower case and no more than one value. */
    public record Question(String channel, Map<String, String> headers) {
        /** The value of the header {@code name}, in lower case. */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** One that answers at once. */
    public static StubApplication start() {
        return thatNeeds(Duration.ZERO);
    }

    /** One that holds each request for {@code thinking}. */
    public static StubApplication thatNeeds(Duration thinking) {
        return start(InetAddress.getLoopbackAddress(), thinking);
    }

    /** One that answers at once, at {@code address} of this machine. */
    public static StubApplication at(InetAddress address) {
        return start(address, Duration.ZERO);
    }

    private static StubApplication start(InetAddress address, Duration thinking) {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // Else many answers wait 40 ms for an acknowledgment.
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
            StubApplication application = new StubApplication(server, thinking);
            server.setExecutor(application.threads);
            server.createContext("/broadcasting/auth", application::onRequest);
            server.start();
            return application;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@code authHost}. */
    public String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** All that it was asked, in order of arrival. */
    public List<Question> questions() {
        return List.copyOf(questions);
    }

    /** How many requests it has had. */
    public int questionCount() {
        return questions.size();
    }

    /** How many requests were open at the worst moment. */
    public int mostOpen() {
        return mostOpen.get();
    }

    private void onRequest(HttpExchange exchange) throws IOException {
        int now = open.incrementAndGet();
        mostOpen.accumulateAndGet(now, Math::max);
        try (exchange) {
            Question question = read(exchange);
            questions.add(question);
            think();
            open.decrementAndGet(); // Before the answer: behind it the server may send the next request at once.
            answer(exchange, question);
        }
    }

    private static Question read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String channel = form.replaceFirst("^(.*&)?channel_name=", "").replaceFirst("&.*$", "");
        return new Question(URLDecoder.decode(channel, UTF_8), headers);
    }

    private void think() {
        if (!thinking.isZero()) {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, thinking.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        }
    }

    private static void answer(HttpExchange exchange, Question question) throws IOException {
        String user = question.header("x-user").orElse(NOBODY);
        byte[] body = question.header("x-answer")
                .orElse(bodyFor(question.channel(), user))
                .getBytes(UTF_8);
        int status = question.header("x-status").map(Integer::valueOf).orElse(user.equals(NOBODY) ? 403 : 200);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static String bodyFor(String channel, String user) {
        return channel.startsWith("presence-") && !user.equals(NOBODY)
                ? "{\"channel_data\":{\"user_id\":\"" + user + "\",\"user_info\":{\"name\":\"" + user + "\"}}}"
                : "true";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
