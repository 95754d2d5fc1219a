package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged programs on one Redis, which to clients are one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodesIT {
    private static final String PREFIX = "app_";

    @TempDir
    private static Path folder;

    private LocalRedis redis;
    private Laravel laravel;
    private StubApplication application;
    private RunningProgram first;
    private RunningProgram second;

    @BeforeAll
    void startEverything() {
        redis = RedisFixture.local();
        laravel = Laravel.on(redis.settings());
        application = StubApplication.start();
        first = node("first");
        second = node("second");
    }

    @AfterAll
    void stopEverything() {
        first.close();
        second.close();
        application.close();
        laravel.close();
        redis.close();
    }

    private RunningProgram node(String name) {
        try {
            return InstalledProgram.in(Files.createDirectories(folder.resolve(name)))
                    .configured("{\"port\":0,\"authHost\":\"" + application.url()
                            + "\",\"databaseConfig\":{\"redis\":{\"port\":"
                            + redis.settings().port()
                            + ",\"keyPrefix\":\"" + PREFIX + "\"}},\"socketio\":{\"pingInterval\":300000}}")
                    .startServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawClient on(RunningProgram node) {
        return RawClient.connect(InstalledProgram.portOf(node), 4);
    }

    private static RawClient joined(RunningProgram node, String user, String channel) {
        RawClient client = on(node);
        client.subscribeAs(user, channel);
        client.await(packet -> packet.startsWith("42[\"presence:subscribed\",\"" + channel + "\""));
        return client;
    }

    private void publish(String channel, String event, String socket) {
        laravel.publish(
                LaravelVersion.V13,
                PREFIX,
                channel,
                "{\"event\":\"" + event + "\",\"data\":1,\"socket\":" + socket + "}");
        laravel.flush();
    }

    /** What each has got until now, which is when a last broadcast has come to it. */
    private List<String> eventsUntilNow(String channel, RawClient client) {
        publish(channel, "fence", "null");
        client.await(packet -> packet.startsWith("42[\"fence\""));
        return client.events().stream()
                .filter(event -> !event.startsWith("[\"fence\""))
                .toList();
    }

    private static String member(String user) {
        return "{\"user_id\":\"" + user + "\",\"user_info\":{\"name\":\"" + user + "\"}}";
    }

    private static String here(String channel, String... users) {
        return "[\"presence:subscribed\",\"" + channel + "\",["
                + String.join(",", List.of(users).stream().map(NodesIT::member).toList()) + "]]";
    }

    private static String joining(String channel, String user) {
        return "[\"presence:joining\",\"" + channel + "\"," + member(user) + "]";
    }

    private static String leaving(String channel, String user) {
        return "[\"presence:leaving\",\"" + channel + "\"," + member(user) + "]";
    }

    @Nested
    final class TwoNodes {
        @Test
        void tellWhoIsHereJoinsAndLeavesOnce() {
            String room = "presence-chat";
            try (RawClient alice = joined(first, "alice", room)) {
                RawClient bob = joined(second, "bob", room);
                alice.await(packet -> packet.contains("presence:joining"));
                RawClient tab = joined(first, "bob", room);
                tab.close();
                RawClient other = joined(second, "bob", room);
                bob.unsubscribe(room);
                other.close();
                alice.await(packet -> packet.contains("presence:leaving"));

                assertThat(bob.events()).containsExactly(here(room, "bob", "alice"));
                assertThat(tab.events()).containsExactly(here(room, "bob", "alice"));
                assertThat(eventsUntilNow(room, alice))
                        .containsExactly(here(room, "alice"), joining(room, "bob"), leaving(room, "bob"));
                bob.close();
            }
        }

        @Test
        void carryWhispersToTheOthersOnce() {
            String room = "presence-whispers";
            try (RawClient alice = joined(first, "alice", room);
                    RawClient bob = joined(second, "bob", room);
                    RawClient carol = joined(second, "carol", room)) {
                bob.whisper(room, "client-typing", "{\"n\":9007199254740993}");
                List.of(alice, carol).forEach(client -> client.await(packet -> packet.contains("client-typing")));

                String whisper = "[\"client-typing\",\"" + room + "\",{\"n\":9007199254740993}]";
                assertThat(eventsUntilNow(room, alice)).containsOnlyOnce(whisper);
                assertThat(eventsUntilNow(room, carol)).containsOnlyOnce(whisper);
                assertThat(eventsUntilNow(room, bob)).doesNotContain(whisper);
            }
        }

        @Test
        void leaveOutTheSocketOfToOthersWhereverItIs() {
            String room = "presence-others";
            try (RawClient alice = joined(first, "alice", room);
                    RawClient bob = joined(second, "bob", room)) {
                publish(room, "without-bob", "\"" + bob.id() + "\"");
                publish(room, "without-alice", "\"" + alice.id() + "\"");

                assertThat(eventsUntilNow(room, alice))
                        .containsOnlyOnce("[\"without-bob\",\"" + room + "\",1]")
                        .noneMatch(event -> event.contains("without-alice"));
                assertThat(eventsUntilNow(room, bob))
                        .containsOnlyOnce("[\"without-alice\",\"" + room + "\",1]")
                        .noneMatch(event -> event.contains("without-bob"));
            }
        }

        @Test
        void refuseWhomTheApplicationRefuses() {
            try (RawClient client = on(second)) {
                client.subscribeAs(StubApplication.NOBODY, "presence-chat");
                client.await(packet -> packet.startsWith("42[\"subscription_error\",\"presence-chat\",403"));
            }
        }
    }
}
