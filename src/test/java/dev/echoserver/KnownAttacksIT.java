package dev.echoserver;

import static dev.echoserver.testing.Cluster.joined;
import static dev.echoserver.testing.Cluster.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RawWebSocket;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What laravel-echo-server 1.6.3 dies of or gives away (r01 to r16), and what netty-socketio does (n1), and what socket.io 4 died of in 2026: here each costs
 * nobody but the one who does it. Two neighbours are in a room all the while and hear each other afterwards.
 *
 * <p>A node that is killed (r12) is in {@link NodeDeathIT}, all clients of all versions (r16) are in {@code InteropIT}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KnownAttacksIT {
    private static final String ROOM = "presence-neighbours";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private Cluster cluster;
    private RunningProgram server;
    private RawClient neighbour;
    private RawClient friend;
    private int whispers;

    @BeforeAll
    void startEverything() {
        cluster = Cluster.in(folder, Duration.ofMillis(50));
        server = cluster.node("server");
    }

    @AfterAll
    void stopEverything() {
        cluster.close();
    }

    @BeforeEach
    void enterTheRoom() {
        neighbour = joined(server, "alice", ROOM);
        friend = joined(server, "bob", ROOM);
    }

    @AfterEach
    void hearEachOther() {
        String event = "client-still-there-" + ++whispers;
        friend.whisper(ROOM, event, "1");
        neighbour.await(packet -> packet.startsWith("42[\"" + event + "\""));
        neighbour.close();
        friend.close();
    }

    private static void awaitRefusal(RawClient client, String channel) {
        client.await(packet -> packet.startsWith("42[\"subscription_error\",\"" + channel + "\""));
    }

    /** Returns when {@code client} has an answer, which comes after all that it has sent before. */
    private static void awaitHandled(RawClient client) {
        client.subscribe("echo-server:none");
        awaitRefusal(client, "echo-server:none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "r01 ! [\"unsubscribe\"]",
                "r01 ! [\"unsubscribe\",null]",
                "r01 ! [\"unsubscribe\",{\"channel\":5}]",
                "r02 ! [\"subscribe\"]",
                "r02 ! [\"subscribe\",null]",
                "r02 ! [\"subscribe\",{\"channel\":null,\"auth\":null}]",
                "r03 ! [\"client event\"]",
                "r03 ! [\"client event\",null]",
                "r03 ! [\"client event\",{\"channel\":[],\"event\":{},\"data\":null}]",
                "r04 ! [\"unsubscribe\",{\"channel\":\"presence-neighbours\"}]",
                "r04 ! [\"unsubscribe\",{\"channel\":\"presence-never-joined\"}]"
            })
    void r01ToR04aPacketThatEndedTheProcessIsIgnored(String number, String packet) {
        try (RawClient attacker = Cluster.on(server)) {
            attacker.send("42" + packet);
            awaitHandled(attacker);
        }
    }

    @Test
    void r05aClientLeavesWhileTheApplicationIsThinking() {
        for (int i = 0; i < 10; i++) {
            RawClient client = Cluster.on(server);
            client.subscribeAs("ghost", ROOM);
            client.close();
        }
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(hereIn(ROOM, "carol")).containsExactlyInAnyOrder("alice", "bob", "carol"));
    }

    /** Who is in {@code room} when {@code user} comes, for a moment. */
    private List<String> hereIn(String room, String user) {
        try (RawClient client = joined(server, user, room)) {
            return users(client.events(), "presence:subscribed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "private-r06,false",
        "private-r06,<html>Log in</html>",
        "private-r06,{}",
        "presence-r06,false",
        "presence-r06,<html>Log in</html>",
        "presence-r06,{}"
    })
    void r06anAnswerThatGrantsNothingOpensNothing(String channel, String answer) {
        try (RawClient client = Cluster.on(server)) {
            client.subscribe(channel, "{\"X-User\":\"mallory\",\"X-Answer\":\"" + answer + "\"}");
            awaitRefusal(client, channel);
            cluster.publish(channel, "secret", "null");
            awaitHandled(client);

            assertThat(client.events()).noneMatch(event -> event.startsWith("[\"secret\""));
        }
    }

    @Test
    void r07theIdOfAnotherSocketIsNoChannelOfItsAnswers() {
        try (RawClient victim = Cluster.on(server);
                RawClient thief = Cluster.on(server)) {
            thief.subscribe(victim.id());
            thief.subscribe(victim.sid());
            awaitHandled(thief);
            victim.subscribeAs("carol", ROOM);
            victim.subscribeAs(StubApplication.NOBODY, "private-closed");
            awaitRefusal(victim, "private-closed");
            victim.await(packet -> packet.contains("presence:subscribed"));
            awaitHandled(thief);

            assertThat(thief.events()).noneMatch(event -> event.contains("presence:") || event.contains("private-"));
        }
    }

    @Test
    void r08theListsForTheApplicationAreNotForClients() {
        try (RawClient thief = Cluster.on(server)) {
            thief.subscribeAs("mallory", "PresenceChannelUpdated");
            awaitRefusal(thief, "PresenceChannelUpdated");
            hereIn(ROOM, "carol");
            cluster.publish("PresenceChannelUpdated", "secret", "null");
            awaitHandled(thief);

            assertThat(thief.events()).allMatch(event -> event.startsWith("[\"subscription_error\""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"invoice\":7}", "{\"event\":5,\"data\":7}", "[7]", "7", "not JSON"})
    void r09whatOtherProgramsSayOnRedisIsNotForClients(String message) {
        try (RawClient client = Cluster.on(server)) {
            client.subscribe("internal:billing");
            awaitHandled(client);
            cluster.publishAnything("internal:billing", message);

            assertThat(cluster.eventsUntilNow("internal:billing", client))
                    .allMatch(event -> event.startsWith("[\"subscription_error\",\"echo-server:none\""));
        }
    }

    @Test
    void r10fortyWhoJoinAtOnceAreAllThereAndLeaveAtOnce() {
        String room = "presence-r10";
        RawClient witness = joined(server, "witness", room);
        List<String> names = IntStream.range(0, 40).mapToObj(i -> "u" + i).toList();
        List<RawClient> clients = names.stream().map(name -> Cluster.on(server)).toList();
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).subscribeAs(names.get(i), room);
        }
        awaitUsers(witness, "presence:joining", names);
        assertThat(hereIn(room, "u0")).hasSize(41);
        clients.forEach(RawClient::close);
        awaitUsers(witness, "presence:leaving", names);
        witness.close();
    }

    private static void awaitUsers(RawClient witness, String event, List<String> names) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(users(witness.events(), event)).containsExactlyInAnyOrderElementsOf(names));
    }

    @Test
    void r11twoNodesAreOneRoom() {
        RunningProgram second = cluster.node("second");
        try (RawClient client = joined(second, "carol", ROOM)) {
            assertThat(users(client.events(), "presence:subscribed"))
                    .containsExactlyInAnyOrder("alice", "bob", "carol");
            neighbour.await(packet -> packet.startsWith("42[\"presence:joining\"") && packet.contains("carol"));
            client.whisper(ROOM, "client-from-the-second", "1");
            neighbour.await(packet -> packet.startsWith("42[\"client-from-the-second\""));
        }
        neighbour.await(packet -> packet.startsWith("42[\"presence:leaving\"") && packet.contains("carol"));
        second.close();
    }

    @Test
    void r13noIdOfASocketIsToldToOthers() {
        neighbour.await(packet -> packet.startsWith("42[\"presence:joining\""));

        assertThat(friend.events()).noneMatch(event -> event.contains(neighbour.id()));
        assertThat(neighbour.events()).noneMatch(event -> event.contains(friend.id()));
        assertThat(friend.events().toString() + neighbour.events())
                .doesNotContain(neighbour.sid(), friend.sid(), "socketId", "socket_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"name\":", "{\"name\":{},\"channels\":5,\"data\":[]}", "\u0000"})
    void r14aBodyThatIsNoEventIsRefused(String body) throws Exception {
        HttpRequest.Builder request = request("/apps/les/events").header("Authorization", "Bearer secret");

        assertThat(status(request.POST(BodyPublishers.ofString(body)))).isEqualTo(400);
    }

    @Test
    void r15nobodyWhispersWhereHeIsNoMember() {
        try (RawClient stranger = Cluster.on(server)) {
            stranger.whisper(ROOM, "client-typing", "1");
            stranger.subscribeAs(StubApplication.NOBODY, ROOM);
            awaitRefusal(stranger, ROOM);
            stranger.whisper(ROOM, "client-typing", "2");
            stranger.subscribeAs("mallory", ROOM);
            stranger.await(packet -> packet.contains("presence:subscribed"));
            stranger.unsubscribe(ROOM);
            stranger.whisper(ROOM, "client-typing", "3");
            awaitHandled(stranger);

            assertThat(cluster.eventsUntilNow(ROOM, neighbour)).noneMatch(event -> event.contains("client-typing"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void r16clientsOfAllVersionsHearTheSame(int protocol) {
        try (RawClient client = RawClient.connect(InstalledProgram.portOf(server), protocol)) {
            client.subscribe("r16");
            awaitHandled(client);
            cluster.publish("r16", "news", "null");

            assertThat(cluster.eventsUntilNow("r16", client)).contains("[\"news\",\"r16\",1]");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET,false", "GET,true", "POST,false", "POST,true"})
    void n1theIdOfASessionOnWebSocketIsOfNoUseToOthers(String method, boolean withCookie) throws Exception {
        String stolen = "42[\"client event\",{\"channel\":\"" + ROOM + "\",\"event\":\"client-stolen\",\"data\":1}]";
        HttpRequest.Builder request = request("/socket.io/?EIO=4&transport=polling&sid=" + neighbour.sid())
                .header("Cookie", withCookie ? "io=" + neighbour.sid() : "none=1")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(stolen));

        assertThat(status(request)).isEqualTo(400);
        assertThat(cluster.eventsUntilNow(ROOM, friend)).noneMatch(event -> event.contains("stolen"));
    }

    @Test
    void n1aCookieWithTheIdOfAnotherOpensAnEmptySessionOfItsOwn() throws Exception {
        HttpRequest.Builder request =
                request("/socket.io/?EIO=4&transport=polling").header("Cookie", "io=" + neighbour.sid());
        HttpResponse<String> opened = HTTP.send(request.build(), BodyHandlers.ofString());

        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).contains("\"sid\":").doesNotContain(neighbour.sid());
    }

    /** CVE-2026-69185 of socket.io-parser. */
    @Test
    void aBinaryPacketWithoutAttachmentsWaitsForNone() {
        try (RawClient attacker = Cluster.on(server)) {
            attacker.send("450-[\"client event\",{\"_placeholder\":true,\"num\":0}]");
            awaitHandled(attacker);
        }
    }

    /** CVE-2026-59725 of engine.io. */
    @Test
    void aBinaryBodyThatIsNotAllowedIsAnswered() throws IOException {
        PollingClient attacker = PollingClient.open(InstalledProgram.portOf(server), "/socket.io/?EIO=4");

        assertThat(attacker.post("application/octet-stream", new byte[] {1, 2, 3})
                        .status())
                .isEqualTo(400);
    }

    /** CVE-2026-102599 of engine.io. */
    @ParameterizedTest
    @ValueSource(strings = {"EIO=3&", ""})
    void anUpgradeMustBeOfTheProtocolOfItsSession(String claim) throws IOException {
        int port = InstalledProgram.portOf(server);
        PollingClient session = PollingClient.open(port, "/socket.io/?EIO=4");
        String target = "/socket.io/?%stransport=websocket&sid=" + session.sid();

        assertThatThrownBy(() -> RawWebSocket.open(port, target.formatted(claim)))
                .hasMessageContaining("400 {\"code\":3");
        try (RawWebSocket upgrade = RawWebSocket.open(port, target.formatted("EIO=4&"))) {
            upgrade.send("2probe");
            assertThat(upgrade.text()).isEqualTo("3probe");
            upgrade.send("5");
            upgrade.send("40");
            assertThat(upgrade.text()).startsWith("40{\"sid\":");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + InstalledProgram.portOf(server) + path))
                .timeout(Duration.ofSeconds(10));
    }

    private static int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
