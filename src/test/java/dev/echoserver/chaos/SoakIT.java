package dev.echoserver.chaos;

import static dev.echoserver.testing.InstalledProgram.addressOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.redis.NumberPublisher;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that come and go in every way there is leave nothing behind, and those who stay notice nothing. */
final class SoakIT {
    /** The presence channel in which somebody watches. */
    static final String ROOM = "presence-soak";

    private static final int WARM_UP =
            Math.max(1_000, Scale.cycles() / 10); // Pools and tables fill up to what they need.
    private static final int PARTS = Scale.isLong() ? 5 : 1;
    private static final int ASKED_AT_ONCE = 4;
    private static final Duration THINKING = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofSeconds(4);
    private static final double MORE_HEAP = 1.05;
    private static final long MORE_DIRECT_BYTES = 8 << 20; // The pool takes 4 MiB at a time, for each event loop.

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void whoIsGoneLeavesNothingBehind() throws IOException {
        try (LocalRedis redis = RedisFixture.local();
                StubApplication application = StubApplication.thatNeeds(THINKING);
                RunningProgram server = start(redis, application)) {
            Visitors visitors = new Visitors(addressOf(server), SILENCE, Scale.random(SoakIT.class));
            Api api = new Api(addressOf(server));
            sendBesideOthers(server, redis, visitors, WARM_UP);
            Footprint before = whenEmpty(server, api);
            Footprint after = before;
            for (int part = 0; part < PARTS; part++) {
                sendBesideOthers(server, redis, visitors, Scale.cycles() / PARTS);
                after = whenEmpty(server, api);
            }
            System.out.printf("Soak: grown %s%nSoak: %s%n", after.growthSince(before), visitors.report());

            assertThat(visitors.faults()).isEmpty();
            assertNothingIsLeft(before, after);
            assertThat(server.output()).doesNotContain(" ERROR ", "LEAK", "OutOfMemory");
        }
    }

    private RunningProgram start(LocalRedis redis, StubApplication application) {
        return InstalledProgram.in(folder)
                .with("JAVA_OPTS", Footprint.JAVA_OPTIONS)
                .configured("{\"port\":0,\"authHost\":\"" + application.url()
                        + "\",\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}," + Api.CLIENTS
                        + ",\"socketio\":{\"pingInterval\":1500,\"pingTimeout\":2500,"
                        + "\"upgradeTimeout\":1000,\"connectTimeout\":1500},\"limits\":{\"authConcurrency\":" + ASKED_AT_ONCE + "}}")
                .startServer();
    }

    /** While real clients of every kind get events, and a member of the room looks who is there. */
    private static void sendBesideOthers(RunningProgram server, LocalRedis redis, Visitors visitors, int count)
            throws IOException {
        try (NumberPublisher publisher = NumberPublisher.start(redis.settings());
                NodeProcess staying = watch(server);
                RosterWatch member = RosterWatch.join(addressOf(server), "stays", ROOM)) {
            long start = System.nanoTime();
            visitors.send(count);
            double seconds = (System.nanoTime() - start) / 1e9;
            int last = publisher.lastNumber();
            System.out.printf("Soak: cycles=%d seconds=%.1f perSecond=%.0f%n", count, seconds, count / seconds);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(member.users()).containsExactly(member.user()));
            assertThat(member.faults()).isEmpty();
            await().atMost(PATIENCE).until(() -> lastHeard(staying) >= last);
            assertThat(staying.lines()).noneMatch(line -> line.startsWith("fault"));
        }
    }

    private static NodeProcess watch(RunningProgram server) {
        String url = "http://127.0.0.1:" + InstalledProgram.portOf(server);
        NodeProcess clients = NodeProcess.start("watch.mjs", "--gapless", "--url", url);
        clients.awaitLine("connected", PATIENCE);
        return clients;
    }

    private static int lastHeard(NodeProcess clients) {
        return clients.lines().stream()
                .filter(line -> line.startsWith("heard "))
                .mapToInt(line -> Integer.parseInt(line.substring("heard ".length())))
                .max()
                .orElse(-1);
    }

    /** What the server holds once nobody is there. */
    private static Footprint whenEmpty(RunningProgram server, Api api) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(api.get("channels")).isEqualTo("200 {\"channels\":{}}");
            assertThat(Footprint.of(server).ownObjects())
                    .doesNotContainKeys(
                            "dev.echoserver.engineio.Session",
                            "dev.echoserver.socketio.Socket",
                            "dev.echoserver.subscription.Subscriptions",
                            "dev.echoserver.subscription.Seat");
        });
        Footprint footprint = Footprint.of(server);
        System.out.println("Soak: " + footprint.summary());
        return footprint;
    }

    /** But for threads and connections with which Laravel is asked: they wait a while for the next question. */
    private static void assertNothingIsLeft(Footprint before, Footprint after) {
        assertThat(after.ownObjects()).containsExactlyEntriesOf(before.ownObjects());
        assertThat(after.heapBytes()).isLessThan((long) (before.heapBytes() * MORE_HEAP));
        assertThat(after.directBytes()).isLessThan(before.directBytes() + MORE_DIRECT_BYTES);
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + ASKED_AT_ONCE);
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + ASKED_AT_ONCE);
    }
}
