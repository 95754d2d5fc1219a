package dev.echoserver;

import static dev.echoserver.testing.Cluster.joined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who wants what is not his gets nothing, and the others notice nothing. More of it is in {@link KnownAttacksIT}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AbuseIT {
    private static final String ROOM = "presence-victims";

    @TempDir
    private static Path folder;

    private Cluster cluster;
    private RunningProgram server;
    private int fences;

    @BeforeAll
    void startEverything() {
        cluster = Cluster.in(folder, Duration.ZERO);
        server = cluster.node("server");
    }

    @AfterAll
    void stopEverything() {
        cluster.close();
    }

    /** The events of {@code client} until now, for one that may be on no other channel than a public one. */
    private List<String> heardBy(RawClient client) {
        String refused = "echo-server:fence-" + ++fences;
        client.subscribe("fence");
        client.subscribe(refused); // The answer says that all before it has been handled.
        awaitRefusal(client, refused);
        return cluster.eventsUntilNow("fence", client).stream()
                .filter(event -> !event.contains("echo-server:fence"))
                .toList();
    }

    private StubApplication.Question questionAbout(String channel) {
        List<StubApplication.Question> questions = cluster.application().questions();
        return questions.stream()
                .filter(question -> question.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitRefusal(RawClient client, String channel) {
        client.await(packet -> packet.startsWith("42[\"subscription_error\",\"" + channel + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo-server:presence", "echo-server:peers", "echo-server:x"})
    void whatServersSayToEachOtherIsNotForClients(String channel) {
        try (RawClient thief = Cluster.on(server)) {
            thief.subscribeAs("alice", channel);
            awaitRefusal(thief, channel);
            try (RawClient victim = joined(server, "bob", ROOM);
                    RawClient friend = joined(server, "carol", ROOM)) {
                victim.whisper(ROOM, "client-typing", "1");
                friend.await(packet -> packet.contains("client-typing"));
                cluster.publish(channel, "secret", "null");

                assertThat(heardBy(thief)).singleElement().asString().startsWith("[\"subscription_error\"");
            }
        }
    }

    @Test
    void nobodyWhispersOnAPublicChannel() {
        try (RawClient victim = Cluster.on(server);
                RawClient other = Cluster.on(server)) {
            List.of(victim, other).forEach(client -> {
                client.subscribe("public");
                heardBy(client);
            });
            other.whisper("public", "client-typing", "1");
            heardBy(other);

            assertThat(heardBy(victim)).noneMatch(event -> event.contains("client-typing"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "App\\\\Events\\\\Paid",
                "xclient-typing",
                "Client-typing",
                " client-typing",
                "client",
                "presence:leaving",
                "presence:subscribed",
                "subscription_error",
                "connect",
                "disconnect",
                "reconnect"
            })
    void aMemberWhispersNothingThatOnlyTheServerMaySay(String event) {
        try (RawClient victim = joined(server, "alice", ROOM);
                RawClient member = joined(server, "mallory", ROOM)) {
            victim.await(packet -> packet.contains("presence:joining"));
            member.whisper(ROOM, event, "\"forged\"");
            member.whisper(ROOM, "client-last", "1");
            victim.await(packet -> packet.contains("client-last"));

            assertThat(cluster.eventsUntilNow(ROOM, victim)).noneMatch(heard -> heard.contains("forged"));
        }
    }

    @Test
    void headersOfAPageCannotChangeTheRequestToTheApplication() {
        String channel = "private-smuggled";
        try (RawClient client = Cluster.on(server)) {
            client.subscribe(
                    channel,
                    "{\"X-User\":\"alice\",\"Host\":\"evil.test\",\"Content-Length\":\"3\",\"content-length\":\"0\","
                            + "\"Transfer-Encoding\":\"chunked\",\"X-Forwarded-For\":\"10.6.6.6\","
                            + "\"X_Forwarded_For\":\"10.6.6.7\",\"Connection\":\"X-User\","
                            + "\"X-A\":\"a\\r\\nX-Evil: 1\",\"X-B\":\"b\\nX-Evil: 1\",\"X-C\\r\\nX-Evil\":\"1\","
                            + "\"X-D: 1\\r\\nX-Evil\":\"1\",\"X-Good\":\"kept\"}");
            heardBy(client);
            client.subscribeAs(StubApplication.NOBODY, "private-last");
            awaitRefusal(client, "private-last");
            StubApplication.Question question = questionAbout(channel);

            assertThat(question.header("x-good")).contains("kept");
            assertThat(question.header("host"))
                    .contains(URI.create(cluster.application().url()).getAuthority());
            assertThat(question.headers())
                    .doesNotContainKeys("transfer-encoding", "x-evil", "x-a", "x-b", "x_forwarded_for");
            assertThat(question.header("x-forwarded-for")).isNotEqualTo(Optional.of("10.6.6.6"));
            assertThat(question.headers().values())
                    .noneMatch(value -> value.contains("evil") || value.contains("10.6."));
        }
    }

    @Test
    void aPageOfAnotherSiteIsNotAskedForWithTheCookiesOfItsVisitor() {
        assertThat(askedFrom("http://evil.test", "private-foreign").headers())
                .doesNotContainKeys("cookie", "x-xsrf-token");
        StubApplication.Question own = askedFrom(cluster.application().url(), "private-own");
        assertThat(own.header("cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("laravel_session=s"));
        assertThat(own.header("x-xsrf-token")).contains("t");
    }

    private StubApplication.Question askedFrom(String origin, String channel) {
        Map<String, String> headers = Map.of("Origin", origin, "Cookie", "laravel_session=s; XSRF-TOKEN=t");
        try (RawClient client = RawClient.connect(InstalledProgram.portOf(server), 4, headers)) {
            client.subscribeAs(StubApplication.NOBODY, channel);
            awaitRefusal(client, channel);
            return questionAbout(channel);
        }
    }
}
