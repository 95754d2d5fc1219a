package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A client that asks for many channels about which the application gives hostile answers, and waits until the server has
 * decided about each. One thread.
 *
 * <p>Who is let in to a private channel is told nothing, so an event is published there until it comes, or a refusal does.
 */
final class AuthAttack implements AutoCloseable {
    private static final Pattern DECISION =
            Pattern.compile("42\\[\"(subscription_error|presence:subscribed|probe)\",\"([^\"]+)\",(\\d*).*");
    private static final Duration PATIENCE = Duration.ofSeconds(20); // Slow answers take 3 s, 32 of 120 at a time.

    private final RawWebSocket socket;
    private final Laravel laravel;
    private final Answers answers;

    AuthAttack(int port, Laravel laravel, Answers answers) throws IOException {
        this.socket = RawWebSocket.open(port, "/socket.io/?EIO=4&transport=websocket");
        this.laravel = laravel;
        this.answers = answers;
        socket.send("40");
    }

    /** Asks for all {@code channels} and returns those that were granted. */
    List<String> granted(List<String> channels) throws IOException {
        subscribe(GoodClients.CHANNELS.get(0)); // Its events come all the time: so often it looks for what is missing.
        for (String channel : channels) {
            subscribe(channel);
        }
        Map<String, Boolean> decisions = new HashMap<>();
        long start = System.nanoTime();
        int ticks = 0;
        while (decisions.size() < channels.size()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
            if (isTick(hear(decisions)) && ++ticks % 4 == 0) {
                channels.stream()
                        .filter(channel -> !decisions.containsKey(channel))
                        .forEach(this::probe);
                laravel.flush();
            }
        }
        return channels.stream()
                .filter(channel -> Boolean.TRUE.equals(decisions.get(channel)))
                .toList();
    }

    private void subscribe(String channel) throws IOException {
        socket.send(
                "42[\"subscribe\",{\"channel\":\"" + channel + "\",\"auth\":{\"headers\":{\"X-User\":\"hostile\"}}}]");
    }

    private static boolean isTick(String packet) {
        return packet.startsWith("42[\"tick\"");
    }

    private void probe(String channel) {
        if (channel.startsWith("private-")) {
            laravel.publish(ServerUnderFire.KEY_PREFIX + channel, "{\"event\":\"probe\",\"data\":1}".getBytes(UTF_8));
        }
    }

    /** Waits for the next packet, and takes it to heart. */
    private String hear(Map<String, Boolean> decisions) throws IOException {
        String packet = socket.text();
        Matcher decision = DECISION.matcher(packet);
        if (packet.equals("2")) {
            socket.send("3");
        } else if (decision.matches()) {
            boolean granted = !decision.group(1).equals("subscription_error");
            if (decisions.put(decision.group(2), granted) == null) {
                answers.add(granted ? "granted" : "refused " + decision.group(3));
            }
        }
        return packet;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Names of channels, from {@code first} to {@code end} - 1; every third is a presence channel. */
    static List<String> channels(String kind, int first, int end) {
        return IntStream.range(first, end)
                .mapToObj(n -> (n % 3 == 0 ? "presence-" : "private-") + kind + "-" + n)
                .toList();
    }
}
