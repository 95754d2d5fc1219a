package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged program lets clients do, packet by packet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SubscriptionRulesIT {
    private static final int CHANNELS_PER_SOCKET = 3;
    private static final int BURST = 20;

    @TempDir
    private static Path folder;

    private LocalRedis redis;
    private RunningProgram server;
    private Laravel laravel;

    @BeforeAll
    void startEverything() {
        redis = RedisFixture.local();
        laravel = Laravel.on(redis.settings());
        server = InstalledProgram.in(folder)
                .configured(
                        "{\"port\":0,\"channelEvents\":true,\"authHost\":\"http://127.0.0.1:9\",\"databaseConfig\":{\"redis\":{\"port\":"
                                + redis.settings().port() + "}},\"limits\":{\"channelsPerSocket\":"
                                + CHANNELS_PER_SOCKET
                                + ",\"channelNameBytes\":40,\"eventsPerSecond\":1,\"eventsBurst\":" + BURST + "}}")
                .startServer();
    }

    @AfterAll
    void stopEverything() {
        server.close();
        laravel.close();
        redis.close();
    }

    private RawClient client(int protocol) {
        return RawClient.connect(InstalledProgram.portOf(server), protocol);
    }

    /** How it begins; a reason for people may follow. */
    private static String refusal(String channel, int status) {
        return "[\"subscription_error\",\"" + channel + "\"," + status;
    }

    private void publish(String channel, String event, String data) {
        String payload = "{\"event\":\"" + event + "\",\"data\":" + data + ",\"socket\":null}";
        laravel.publish(LaravelVersion.V13, "", channel, payload);
        laravel.flush();
    }

    /** Waits until everything that was published or sent before has been handled, and returns what {@code client} got. */
    private List<String> eventsUntilNow(RawClient client) {
        publish("fence", "fence", "0");
        client.await(packet -> packet.equals("42[\"fence\",0]"));
        return client.events().stream()
                .filter(event -> !event.contains("fence"))
                .toList();
    }

    @Nested
    final class Refusals {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "private-orders.1",
                    "presence-chat",
                    "private-encrypted-x",
                    "laravel_database_private-orders.1",
                    "my-presence-chat"
                })
        void guardedChannelsStayClosedWhileLaravelDoesNotAnswer(String channel) {
            try (RawClient client = client(4)) {
                client.subscribe(channel);
                client.await(packet -> packet.startsWith("42[\"subscription_error\",\"" + channel + "\","));
                publish(channel, "secret", "1");

                assertThat(eventsUntilNow(client)).hasSize(1);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"echo-server:whispers", "echo-server:", "PresenceChannelUpdated"})
        void internalChannelsAreNotForClients(String channel) {
            refused(channel, 403);
        }

        @ParameterizedTest
        @CsvSource({
            "12345678901234567890123456789012345678901",
            "12345678901234567890123456789012345678é9",
            "a\\u0000b",
            "a\\nb",
        })
        void namesThatAreTooLongOrHaveControlCharactersAreNone(String channel) {
            refused(channel, 400);
        }

        private void refused(String channel, int status) {
            try (RawClient client = client(4)) {
                client.subscribe(channel);
                client.await(packet -> packet.startsWith("42[\"subscription_error\","));
                assertThat(client.events()).singleElement().asString().startsWith(refusal(channel, status));
            }
        }
    }

    @Nested
    final class Limits {
        @Test
        void oneSocketIsOnSoManyChannelsAndNoMoreUntilItLeavesOne() {
            try (RawClient client = client(4)) {
                List.of("c1", "c2", "c3", "c4", "c3").forEach(client::subscribe);
                client.await(packet -> packet.startsWith("42" + refusal("c4", 429)));
                client.send("42[\"unsubscribe\",{\"channel\":\"c1\"}]");
                List.of("c4", "c5").forEach(client::subscribe);
                client.await(packet -> packet.startsWith("42" + refusal("c5", 429)));
                assertThat(client.events()).hasSize(2);
            }
        }

        @Test
        void whoJoinsAndLeavesForEverIsNeitherRefusedNorClosed() {
            try (RawClient client = client(4)) {
                for (int i = 0; i < 10 * BURST; i++) {
                    client.subscribe("often");
                    client.unsubscribe("often");
                }
                client.subscribe("often");
                client.subscribe("private-fence");
                client.await(packet -> packet.contains("private-fence"));
                publish("often", "e", "1");
                assertThat(eventsUntilNow(client).stream().filter(event -> event.startsWith("[\"e\"")))
                        .containsExactly("[\"e\",\"often\",1]");
            }
        }

        @Test
        void whatIsNoSubscriptionIsIgnored() {
            try (RawClient client = client(4)) {
                for (String arguments :
                        List.of("", ",null", ",5", ",{}", ",{\"channel\":{}}", ",{\"channel\":\"\"}", ",[]")) {
                    client.send("42[\"subscribe\"" + arguments + "]");
                    client.send("42[\"unsubscribe\"" + arguments + "]");
                    client.send("42[\"client event\"" + arguments + "]");
                }
                client.subscribe("still-works");
                client.subscribe("private-fence");
                client.await(packet -> packet.contains("private-fence"));
                publish("still-works", "e", "1");
                assertThat(eventsUntilNow(client)).contains("[\"e\",\"still-works\",1]");
            }
        }
    }

    /** Events named after the channel, for clients that were written by hand. */
    @Nested
    final class ChannelEvents {
        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void comeToEverybodyWithTheDataAloneButNeverFromGuardedChannels(int protocol) {
            try (RawClient client = client(protocol)) {
                publish("news", "App.Posted", "{\"id\":9007199254740993,\"text\":\"é中😀\"}");
                publish("private-orders.1", "secret", "1");
                publish("presence-chat", "secret", "2");
                publish("laravel_database_private-orders.1", "secret", "3");
                publish("disconnect", "App.Posted", "4");

                assertThat(eventsUntilNow(client))
                        .containsExactly("[\"news\",{\"id\":9007199254740993,\"text\":\"é中😀\"}]");
            }
        }

        @Test
        void comeBesidesTheEventToSubscribers() {
            try (RawClient client = client(4)) {
                client.subscribe("news");
                client.subscribe("private-fence");
                client.await(packet -> packet.contains("private-fence"));
                publish("news", "App.Posted", "[]");

                assertThat(eventsUntilNow(client).stream().filter(event -> !event.contains("private-")))
                        .containsExactly("[\"App.Posted\",\"news\",[]]", "[\"news\",[]]");
            }
        }
    }
}
