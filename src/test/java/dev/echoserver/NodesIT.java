package dev.echoserver;

import static dev.echoserver.testing.Cluster.joined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged programs on one Redis, which to clients are one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodesIT {
    @TempDir
    private static Path folder;

    private Cluster cluster;
    private RunningProgram first;
    private RunningProgram second;

    @BeforeAll
    void startEverything() {
        cluster = Cluster.in(folder, Duration.ZERO);
        first = cluster.node("first");
        second = cluster.node("second");
    }

    @AfterAll
    void stopEverything() {
        cluster.close();
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
            assertThat(cluster.eventsUntilNow(room, alice))
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
            assertThat(cluster.eventsUntilNow(room, alice)).containsOnlyOnce(whisper);
            assertThat(cluster.eventsUntilNow(room, carol)).containsOnlyOnce(whisper);
            assertThat(cluster.eventsUntilNow(room, bob)).doesNotContain(whisper);
        }
    }

    @Test
    void leaveOutTheSocketOfToOthersWhereverItIs() {
        String room = "presence-others";
        try (RawClient alice = joined(first, "alice", room);
                RawClient bob = joined(second, "bob", room)) {
            cluster.publish(room, "without-bob", "\"" + bob.id() + "\"");
            cluster.publish(room, "without-alice", "\"" + alice.id() + "\"");

            assertThat(cluster.eventsUntilNow(room, alice))
                    .containsOnlyOnce("[\"without-bob\",\"" + room + "\",1]")
                    .noneMatch(event -> event.contains("without-alice"));
            assertThat(cluster.eventsUntilNow(room, bob))
                    .containsOnlyOnce("[\"without-alice\",\"" + room + "\",1]")
                    .noneMatch(event -> event.contains("without-bob"));
        }
    }

    @Test
    void refuseWhomTheApplicationRefuses() {
        try (RawClient client = Cluster.on(second)) {
            client.subscribeAs(StubApplication.NOBODY, "presence-chat");
            client.await(packet -> packet.startsWith("42[\"subscription_error\",\"presence-chat\",403"));
        }
    }
}
