package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Laravel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Clients of every kind on channels of every kind, to whom numbered events are published all the time. */
final class GoodClients implements AutoCloseable {
    /** Where they are: a public, a private and a presence channel. */
    static final List<String> CHANNELS = List.of("good", "private-good", "presence-good");

    private static final int COUNT = 50;
    private static final int TICK_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Laravel laravel;
    private final String keyPrefix;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<GoodClient> clients;
    private volatile long published;
    private int hellos;

    /** Connects them; {@code laravel} is theirs from now on. */
    GoodClients(int port, Laravel laravel, String keyPrefix) {
        this.laravel = laravel;
        this.keyPrefix = keyPrefix;
        var unused = clock.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        clients = IntStream.range(0, COUNT)
                .mapToObj(number -> GoodClient.connect(port, number, CHANNELS))
                .toList();
        awaitAll(0);
    }

    private void tick() {
        long number = published + 1;
        for (String channel : CHANNELS) {
            laravel.publish(
                    keyPrefix + channel,
                    ("{\"event\":\"tick\",\"data\":" + number + ",\"socket\":null}").getBytes(UTF_8));
        }
        laravel.flush();
        published = number;
    }

    /** How many events each of them should have got on each channel, but for those from before it was there. */
    long published() {
        return published;
    }

    /** Fails unless each has got all events up to now, once and in order, and hears what the others whisper. */
    void expectUndisturbed() {
        awaitAll(published);
        for (GoodClient speaker : clients.subList(0, 4)) { // One of each kind.
            String word = "hello-" + ++hellos;
            speaker.hello("private-good", word);
            await(word, client -> client == speaker || client.hasHeard(word));
        }
        assertThat(clients.stream().flatMap(client -> client.faults().stream())).isEmpty();
    }

    private void awaitAll(long number) {
        await("event " + number, client -> client.hasAll(CHANNELS, number));
    }

    private void await(String what, Predicate<GoodClient> has) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    assertThat(clients.stream().flatMap(client -> client.faults().stream()))
                            .isEmpty();
                    assertThat(clients.stream().filter(has.negate())).isEmpty();
                });
    }

    @Override
    public void close() {
        clock.shutdownNow();
        for (GoodClient client : clients) {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        laravel.close();
    }
}
