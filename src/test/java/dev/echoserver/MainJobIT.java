package dev.echoserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.Fleet;
import dev.echoserver.testing.Fleet.Client;
import dev.echoserver.testing.Fleet.Published;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the program is for: what any Laravel publishes reaches every subscribed browser once, in order and unchanged, and
 * nothing else does. With the packaged program, a real Redis and real clients.
 */
final class MainJobIT {
    private static final Logger log = LoggerFactory.getLogger(MainJobIT.class);

    private static final int CLIENTS = 50;
    private static final int MESSAGES = 2500;
    private static final List<LaravelVersion> VERSIONS = List.of(LaravelVersion.values());
    private static final List<String> CHANNELS = List.of(
            "news",
            "orders.1",
            "App.Models.Post.1",
            "chat room",
            "grüße-中-😀",
            "a:b/c?d=e&f",
            "50%",
            "\"quoted\\",
            "laravel_database_twice",
            "[*]");

    /** Names that a fool's pattern would let through; and the channels of other applications and of servers. */
    private static final List<String> OTHER_NAMES =
            List.of("other_", "laravel_database", "weird*pre\\fix_", "weird[*?]prefix_", "weirdxpre\\fix_");

    private static final List<byte[]> NOISE = Stream.of(
                    "",
                    "hello",
                    "O:8:\"stdClass\":0:{}",
                    "[1]",
                    "{\"data\":{\"no\":\"event\"}}",
                    "{\"event\":\"\",\"data\":{}}",
                    "{\"event\":null,\"data\":{}}",
                    "{\"event\":{\"channel\":\"x\"},\"data\":{}}",
                    "{\"event\":\"connect\",\"data\":{}}",
                    "{\"event\":\"connect_error\",\"data\":{}}",
                    "{\"event\":\"disconnect\",\"data\":{}}",
                    "{\"event\":\"disconnecting\",\"data\":{}}",
                    "{\"event\":\"newListener\",\"data\":{}}",
                    "{\"event\":\"removeListener\",\"data\":{}}",
                    "{\"event\":\"cut\",\"data\":{",
                    "{\"event\":\"two\",\"data\":{}}{}",
                    "{\"event\":\"deep\",\"data\":" + "[".repeat(5000) + "]".repeat(5000) + "}")
            .map(text -> text.getBytes(UTF_8))
            .toList();
    private static final byte[] NOT_UTF_8 = "{\"event\":\"caf\u00e9\",\"data\":{}}".getBytes(ISO_8859_1);

    private static LocalRedis redis;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startRedis() {
        redis = RedisFixture.local();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @ParameterizedTest(name = "prefix \"{0}\"")
    @ValueSource(strings = {"", "laravel_database_", "my-app-database-", "weird[*?]pre\\fix_"})
    void everyMessageReachesEveryClientOnceInOrderAndNothingElseDoes(String prefix) {
        try (RunningProgram server = server(prefix);
                Laravel laravel = Laravel.on(redis.settings());
                Fleet fleet = Fleet.connect(InstalledProgram.portOf(server), CLIENTS, CHANNELS, events())) {
            fleet.awaitSubscribed(() -> onAllChannels(laravel, prefix, Fleet.PROBE));
            Job job = new Job(laravel, prefix, fleet.clients());
            for (int number = 0; number < MESSAGES; number++) {
                job.publish(number);
            }
            fleet.expect(job.published);
            onAllChannels(laravel, prefix, Fleet.END);

            Fleet.Result result = fleet.result();
            log.info("Main job: prefix=\"{}\" summary={}", prefix, result.summary());
            assertThat(result.exitCode())
                    .as(() -> String.join("\n", result.output()))
                    .isZero();
            assertThat(result.summary().path("deliveries").asLong()).isEqualTo(job.deliveries());
            assertThat(result.summary().path("deliveriesByEcho").asLong()).isPositive();
            server.terminate();
            assertThat(server.exitCode()).isZero();
            assertThat(server.output()).doesNotContain("LEAK", " ERROR ");
        }
    }

    private RunningProgram server(String prefix) {
        String escaped = prefix.replace("\\", "\\\\");
        return InstalledProgram.in(folder)
                .with("ECHO_SERVER_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid")
                .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + ",\"keyPrefix\":\"" + escaped + "\"}}}")
                .startServer();
    }

    private static List<String> events() {
        return VERSIONS.stream()
                .map(version -> version.message(0, Optional.empty()).event())
                .distinct()
                .toList();
    }

    private static void onAllChannels(Laravel laravel, String prefix, String payload) {
        CHANNELS.forEach(channel -> laravel.publish(LaravelVersion.V13, prefix, channel, payload));
        laravel.flush();
    }

    /** Publishes, and remembers what of it has to arrive. */
    private static final class Job {
        private final Laravel laravel;
        private final String prefix;
        private final List<Client> clients;
        private final List<Published> published = new ArrayList<>();

        Job(Laravel laravel, String prefix, List<Client> clients) {
            this.laravel = laravel;
            this.prefix = prefix;
            this.clients = clients;
        }

        /** Every version publishes on every channel; each seventh message is not for one of its subscribers. */
        void publish(int number) {
            LaravelVersion version = version(number);
            String channel = CHANNELS.get(number / VERSIONS.size() % CHANNELS.size());
            Optional<String> except = exclusion(number, channel).filter(id -> version.knowsSocket());
            LaravelVersion.Message message = version.message(number, except);
            laravel.publish(version, prefix, channel, message.payload());
            published.add(new Published(channel, message.event(), message.data(), except));
            noise(number, channel);
        }

        /** Without a prefix in Redis, where 6.11 publishes, a server that expects one hears nothing of it. */
        private LaravelVersion version(int number) {
            LaravelVersion version = VERSIONS.get(number % VERSIONS.size());
            return version == LaravelVersion.V6_11 && !prefix.isEmpty() ? LaravelVersion.V13 : version;
        }

        /** A subscriber's id, now and then one that nobody has. */
        private Optional<String> exclusion(int number, String channel) {
            if (number % 7 != 0) {
                return Optional.empty();
            }
            if (number % 3 == 0) {
                return Optional.of("8721326688377117157.1060247277604744611");
            }
            List<Client> subscribers = subscribers(channel).toList();
            return Optional.of(subscribers.get(number % subscribers.size()).id());
        }

        private void noise(int number, String channel) {
            if (number % 5 != 0) {
                return;
            }
            byte[] message = LaravelVersion.V13
                    .message(number, Optional.empty())
                    .payload()
                    .getBytes(UTF_8);
            laravel.publish(prefix + channel, NOISE.get(number / 5 % NOISE.size()));
            laravel.publish(prefix + channel, NOT_UTF_8);
            laravel.publish(OTHER_NAMES.get(number / 5 % OTHER_NAMES.size()) + channel, message);
            laravel.publish(prefix + "echo-server:" + channel, message);
            laravel.publish("PresenceChannelUpdated", message);
            if (!prefix.isEmpty()) {
                laravel.publish(LaravelVersion.V6_11, prefix, channel, new String(message, UTF_8));
            }
        }

        private Stream<Client> subscribers(String channel) {
            return clients.stream().filter(client -> client.channels().contains(channel));
        }

        long deliveries() {
            return published.stream()
                    .mapToLong(message -> subscribers(message.channel())
                            .filter(client -> !message.except().equals(Optional.of(client.id())))
                            .count())
                    .sum();
        }
    }
}
