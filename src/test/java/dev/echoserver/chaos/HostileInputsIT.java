package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.chaos.Attack.Front;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.RawConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever comes in through any entrance, those who keep the rules notice nothing of it: fifty of them get numbered events
 * all the while.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileInputsIT {
    private static final int PUBLISHED_AT_ONCE =
            1000; // Far more, and Redis would end the subscription of a busy server.
    private static final int SLOW_ANSWERS = 120;
    private static final int JOINS = 250;
    private static final int MAX_LINES = 50 + Scale.inputs() / 1000;

    @TempDir
    private static Path folder;

    private final RandomGenerator random = Scale.random(HostileInputsIT.class);
    private final long answersSeed = random.nextLong();
    private ServerUnderFire server;

    @BeforeAll
    void start() {
        server = new ServerUnderFire(folder, question -> answer(question.channel()));
        System.out.println("Before: " + server.memory());
    }

    /** The application's answer about {@code channel}: always the same, and known to the test. */
    private HostileAnswer answer(String channel) {
        int number = channel.lastIndexOf('-') + 1;
        boolean isKnown = channel.contains("quick-") || channel.contains("slow-");
        if (!isKnown || !channel.substring(number).matches("\\d{1,9}")) {
            return HostileAnswer.of(
                    "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", HostileAnswer.Ending.KEPT, false);
        }
        long seed = answersSeed + Integer.parseInt(channel.substring(number));
        RandomGenerator own = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        HostileAnswers answers = new HostileAnswers(new Dice(own), channel.startsWith("presence-"));
        return channel.contains("quick-") ? answers.quick() : answers.slow();
    }

    @AfterEach
    void expectNoHarm() {
        server.expectUnharmed(MAX_LINES);
    }

    @AfterAll
    void stop() {
        System.out.println("After: " + server.memory());
        System.out.println("Good clients: events=" + server.goodClients().published() + " on each of "
                + GoodClients.CHANNELS.size() + " channels; lines logged="
                + server.log().size());
        server.close();
    }

    private void attack(String entrance, int count, Attack.Opening opening) {
        System.out.println(new Attack(opening).run(entrance, count, random));
    }

    @Test
    void requests() {
        attack(
                "HTTP",
                Scale.inputs(),
                dice -> new Front(new HttpLink(RawConnection.to(server.port())), new HostileHttp(dice)::next));
    }

    @Test
    void framesOfWebSockets() {
        attack("WebSocket frames", Scale.inputs(), dice -> {
            int protocol = 3 + dice.below(2);
            boolean compressed = dice.hits(40);
            return new Front(
                    WebSocketLink.open(server.port(), protocol, compressed),
                    new HostileFrames(dice, protocol, compressed)::next);
        });
    }

    @Test
    void payloadsOfPolling() {
        attack("polling payloads", Scale.inputs(), dice -> {
            int protocol = 3 + dice.below(2);
            PollingLink link = PollingLink.open(server.port(), protocol);
            return new Front(link, new HostilePayloads(dice, link, protocol)::next);
        });
    }

    @Test
    void packetsOfSocketIo() {
        attack("Socket.IO packets", Scale.inputs(), dice -> {
            int protocol = 3 + dice.below(2);
            return new Front(
                    WebSocketLink.open(server.port(), protocol, false), new HostilePackets(dice, protocol)::next);
        });
    }

    @Test
    void eventsOfLaravelEcho() {
        attack("Socket.IO events", Scale.inputs(), dice -> {
            int protocol = 3 + dice.below(2);
            return new Front(
                    WebSocketLink.open(server.port(), protocol, false), new HostileEvents(dice, protocol)::next);
        });
    }

    @Test
    void eventsWithEachTypeInEachPlace() {
        for (int protocol : List.of(3, 4)) {
            List<Input> all = HostileEvents.all(protocol);
            Queue<Input> left = new ConcurrentLinkedQueue<>(all);
            attack(
                    "Socket.IO events, all, EIO" + protocol,
                    all.size(),
                    dice -> new Front(
                            WebSocketLink.open(server.port(), protocol, false),
                            () -> Stream.ofNullable(left.poll()).findFirst().orElse(all.get(0))));
            assertThat(left).isEmpty();
        }
    }

    @Test
    void requestsToTheApi() {
        attack(
                "HTTP API",
                Scale.inputs(),
                dice -> new Front(
                        new HttpLink(RawConnection.to(server.port())), new HostileApi(dice, Clock.systemUTC())::next));
    }

    @Test
    void messagesOnRedis() {
        long start = System.nanoTime();
        HostileRedis messages = new HostileRedis(new Dice(Attack.branch(random)));
        try (Laravel neighbour = server.laravel()) {
            for (int count = 0; count < Scale.inputs(); count++) {
                HostileRedis.Message message = messages.next();
                neighbour.publish(message.name(), message.payload());
                if (count % PUBLISHED_AT_ONCE == 0) {
                    neighbour.flush();
                    server.goodClients().expectUndisturbed(); // What came before their last event was read before it.
                }
            }
            neighbour.flush();
        }
        server.goodClients().expectUndisturbed();
        System.out.printf(
                "Redis: inputs=%d connections=1 seconds=%.1f%n", Scale.inputs(), (System.nanoTime() - start) / 1e9);
    }

    @Test
    void answersOfTheApplication() throws IOException {
        join("quick", Scale.inputs(), JOINS);
    }

    @Test
    void answersOfTheApplicationThatTakeTooLong() throws IOException {
        join("slow", SLOW_ANSWERS, SLOW_ANSWERS);
    }

    private void join(String kind, int count, int atOnce) throws IOException {
        long start = System.nanoTime();
        Answers answers = new Answers();
        int clients = 0;
        for (int first = 0; first < count; first += atOnce) {
            List<String> channels = AuthAttack.channels(kind, first, Math.min(count, first + atOnce));
            clients++;
            try (Laravel laravel = server.laravel();
                    AuthAttack client = new AuthAttack(server.port(), laravel, answers)) {
                List<String> wrong = client.granted(channels).stream()
                        .filter(channel -> !answer(channel).mayGrant())
                        .toList();
                assertThat(wrong.stream().map(channel -> channel + " for " + answer(channel)))
                        .isEmpty();
            }
        }
        System.out.printf(
                "answers of the application, %s: inputs=%d connections=%d seconds=%.1f answers=%s%n",
                kind, count, clients, (System.nanoTime() - start) / 1e9, answers);
    }
}
