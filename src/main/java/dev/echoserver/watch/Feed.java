package dev.echoserver.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lines of JSON that a running server sends, {@code application/x-ndjson}. It sends an empty one at least every 5 seconds,
 * so one that is silent for much longer is taken for gone. To be used by one thread; another one reads.
 */
final class Feed implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final int MAX_WAITING = 1000;
    private static final JsonMapper JSON = new JsonMapper();

    private final InputStream body;
    private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(MAX_WAITING);
    private long heardAt = System.nanoTime();

    private Feed(InputStream body) {
        this.body = body;
        Thread reader = new Thread(this::read, "feed");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Asks for the feed at {@code address}.
     *
     * @throws FeedException if there is none
     */
    static Feed open(URI address) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(CONNECTING).build();
        try {
            return of(client.send(request, BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw FeedTrouble.of(address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedException("Interrupted.", e);
        }
    }

    private static Feed of(HttpResponse<InputStream> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.statusCode() != 200 || !type.startsWith("application/x-ndjson")) {
            response.body().close();
            throw FeedTrouble.of(response.uri(), response.statusCode());
        }
        return new Feed(response.body());
    }

    /** What comes next; waits for it, and for {@code patience} at most. */
    Message next(Duration patience) {
        try {
            Message next = messages.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            return next == null ? nothing() : heard(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Message.Lost("interrupted");
        }
    }

    private Message heard(Message message) {
        heardAt = System.nanoTime();
        return message;
    }

    private Message nothing() {
        boolean isGone = System.nanoTime() - heardAt > SILENCE.toNanos();
        return isGone ? new Message.Lost("silent for " + SILENCE.toSeconds() + " seconds") : new Message.Quiet();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                messages.put(line.isEmpty() ? new Message.Quiet() : new Message.Line(line, JSON.readTree(line)));
            }
            messages.put(new Message.Lost("it has closed the connection"));
        } catch (IOException | UncheckedIOException e) {
            messages.offer(new Message.Lost("the connection is broken"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            messages.clear(); // It is closed anyway.
        }
    }
}
