package dev.echoserver.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.EngineIoSettings;
import dev.echoserver.interop.Visitors.Sighting;
import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.Nginx;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.SocketServer;
import dev.echoserver.testing.StubApplication;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The libraries with which applications connect, beside pages: each client over polling, a WebSocket, and what it does by
 * itself, on the packaged program.
 *
 * <p>They wait for 0.1 to 0.2 seconds before they connect again, so the times here are those until they notice. By default
 * it is 0.5 to 5 seconds, by chance.
 */
final class ClientLibrariesIT {
    private static final Logger log = LoggerFactory.getLogger(ClientLibrariesIT.class);
    private static final long SOON_MILLIS = 2000;
    private static final int DRAIN_SECONDS = 1;

    @TempDir
    private Path folder;

    private final int port = Nginx.freePort();
    private LocalRedis redis;
    private StubApplication application;
    private Laravel laravel;

    @BeforeEach
    void start() {
        redis = RedisFixture.local();
        application = StubApplication.start();
        laravel = Laravel.on(redis.settings());
    }

    @AfterEach
    void stop() {
        laravel.close();
        application.close();
        redis.close();
    }

    private RunningProgram server() {
        return InstalledProgram.in(folder)
                .configured("{\"port\":" + port + ",\"drainSeconds\":" + DRAIN_SECONDS + ",\"authHost\":\""
                        + application.url() + "\",\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}")
                .run("start", "--force")
                .awaitLine("Server ready!");
    }

    private Visitors visitors(ClientLibrary library) {
        return library.visit(URI.create("http://127.0.0.1:" + port));
    }

    private void publish(String channel, String event, String data) {
        String payload = "{\"event\":\"" + event + "\",\"data\":" + data + ",\"socket\":null}";
        laravel.publish(LaravelVersion.V13, "", channel, payload);
        laravel.flush();
    }

    private void tell(String client, String act) {
        publish("news", "act", "{\"client\":\"" + client + "\",\"do\":\"" + act + "\"}");
    }

    /** Each gets events of the public and of the private channel, so it has joined both. */
    private void expectEvents(Visitors visitors, String order) {
        for (String channel : List.of("news", "private-orders")) {
            String text = order + " on " + channel;
            visitors.awaitEach(
                    text,
                    () -> publish(channel, "order", "\"" + text + "\""),
                    (client, seen) -> seen.stream().anyMatch(sighting -> sighting.is("order", text)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void takePartInEverything(ClientLibrary library) {
        try (RunningProgram server = server();
                Visitors visitors = visitors(library)) {
            expectEvents(visitors, "first");
            for (String name : visitors.names()) {
                visitors.awaitEach(
                        name + " is there", (client, seen) -> seen.stream().anyMatch(s -> s.shows(name)));
            }
            for (String name : visitors.names()) {
                tell(name, "whisper");
                visitors.awaitEach(
                        name + " whispers",
                        (client, seen) ->
                                client.equals(name) || seen.stream().anyMatch(s -> s.is("client-typing", name)));
            }
            Set<String> left = new HashSet<>();
            for (String name : visitors.names()) {
                left.add(name);
                tell(name, "leave");
                visitors.awaitEach(
                        name + " leaves",
                        (client, seen) -> left.contains(client) || seen.stream().anyMatch(s -> s.showsLeaving(name)));
            }
            assertThat(visitors.sightings().values())
                    .allSatisfy(seen -> assertThat(seen)
                            .filteredOn(s -> s.what().equals("client-typing"))
                            .hasSize(visitors.count() - 1));
            assertThat(server.output()).doesNotContain(" WARN ", " ERROR ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void comeBackWhenTheServerWasStoppedOrKilled(ClientLibrary library) {
        RunningProgram first = server();
        try (Visitors visitors = visitors(library)) {
            expectEvents(visitors, "first");
            long stopped = System.currentTimeMillis();
            first.terminate();
            assertThat(first.exitCode()).isZero();
            first.close();
            expectNoticed("stop", visitors, stopped, DRAIN_SECONDS * 1000);

            RunningProgram second = server();
            expectBack("stop", visitors, stopped);
            expectEvents(visitors, "second");
            long killed = System.currentTimeMillis();
            second.close();
            expectNoticed("kill", visitors, killed, 0);

            try (RunningProgram third = server()) {
                expectBack("kill", visitors, killed);
                expectEvents(visitors, "third");
                assertThat(third.isAlive()).isTrue();
            }
        } finally {
            first.close();
        }
    }

    private static void expectNoticed(String what, Visitors visitors, long since, long tolerance) {
        Map<String, Long> noticed = visitors.millisFromTo(since, "disconnected");
        log.info("After {}: noticed={}", what, noticed);
        assertThat(noticed.values()).allMatch(millis -> millis < tolerance + SOON_MILLIS);
    }

    /** Now that the server is ready. */
    private static void expectBack(String what, Visitors visitors, long since) {
        long ready = System.currentTimeMillis() - since;
        Map<String, Long> back = visitors.millisFromTo(since, "connected");
        log.info("After {}: ready={} back={}", what, ready, back);
        assertThat(back.values()).allMatch(millis -> millis < ready + SOON_MILLIS);
    }

    @ParameterizedTest
    @EnumSource
    void comeBackWhenTheServerClosesTheirTransport(ClientLibrary library) {
        try (SocketServer server =
                        InteropServer.start(EngineIoSettings.defaults().pings());
                Visitors visitors = library.visit(URI.create("http://127.0.0.1:" + server.port()), "close-transport")) {
            visitors.awaitEach("twice", (client, seen) -> count(seen, "connected") == 2);

            assertThat(visitors.sightings().values()).allSatisfy(seen -> {
                assertThat(seen).extracting(Sighting::what).containsExactly("connected", "disconnected", "connected");
                long closing = seen.get(0).millis() + Visitors.ASKS_AFTER_MILLIS;
                assertThat(seen.get(2).millis() - closing).isLessThan(SOON_MILLIS);
            });
        }
    }

    private static long count(List<Sighting> seen, String what) {
        return seen.stream().filter(s -> s.what().equals(what)).count();
    }
}
