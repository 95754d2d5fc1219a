package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.redis.NumberPublisher;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import dev.echoserver.testing.StubApplication;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/** A packaged server that is quick to give up its clients, with all it needs, and with a look at what it holds. */
final class WatchedServer implements AutoCloseable {
    /** The presence channel in which somebody looks who is there. */
    static final String ROOM = "presence-soak";

    private static final Duration PING_INTERVAL = Duration.ofMillis(1500);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(Scale.isLong() ? 8 : 4);

    /** After this time, and a moment, a silent client is gone. */
    static final Duration SILENCE = PING_INTERVAL.plus(PING_TIMEOUT);

    private static final Duration THINKING = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ASKED_AT_ONCE = 4;
    private static final double MORE_HEAP = 1.05;
    // The pool takes 4 MiB at a time, and where in them its threads keep what is free is chance. What leaks is also
    // logged.
    private static final long MORE_DIRECT_BYTES = 32 << 20;

    private final LocalRedis redis = RedisFixture.local();
    private final StubApplication application = StubApplication.thatNeeds(THINKING);
    private final RunningProgram server;
    private final Api api;

    /** What others do meanwhile. */
    interface Deed {
        void perform() throws IOException;
    }

    /** Starts one in {@code folder}; clients may not read for {@code stallSeconds}. */
    WatchedServer(Path folder, int stallSeconds) {
        this.server = InstalledProgram.in(folder)
                .with("JAVA_OPTS", Footprint.JAVA_OPTIONS)
                .configured("{\"port\":0,\"authHost\":\"" + application.url()
                        + "\",\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}," + Api.CLIENTS
                        + ",\"socketio\":{\"pingInterval\":" + PING_INTERVAL.toMillis()
                        + ",\"pingTimeout\":" + PING_TIMEOUT.toMillis()
                        + ",\"upgradeTimeout\":1000,\"connectTimeout\":1500},\"limits\":{\"authConcurrency\":"
                        + ASKED_AT_ONCE + ",\"outboundStallSeconds\":" + stallSeconds + "}}")
                .startServer();
        this.api = new Api(address());
    }

    InetSocketAddress address() {
        return InstalledProgram.addressOf(server);
    }

    /** Who publishes. */
    Laravel laravel() {
        return Laravel.on(redis.settings());
    }

    /** Performs {@code deed} while real clients of every kind get events, and a member of the room looks who is there. */
    void beside(Deed deed) throws IOException {
        try (NumberPublisher publisher = NumberPublisher.start(redis.settings());
                NodeProcess staying = watch();
                RosterWatch member = RosterWatch.join(address(), "stays", ROOM)) {
            deed.perform();
            int last = publisher.lastNumber();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(member.users()).containsExactly(member.user()));
            assertThat(member.faults()).isEmpty();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(staying.lines()).noneMatch(line -> line.startsWith("fault"));
                assertThat(lastHeard(staying)).isGreaterThanOrEqualTo(last);
            });
        }
    }

    private NodeProcess watch() {
        String url = "http://127.0.0.1:" + address().getPort();
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

    /** Waits until {@code channel} has no subscribers. */
    void awaitNobodyOn(String channel, Duration most) {
        await().atMost(most)
                .untilAsserted(() -> assertThat(api.get("channels/" + channel))
                        .isEqualTo("200 {\"subscription_count\":0,\"occupied\":false}"));
    }

    /** What it holds once nobody is there. */
    Footprint whenEmpty() {
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
        System.out.println("Empty: " + footprint.summary());
        return footprint;
    }

    /** But for threads and connections with which Laravel is asked: they wait a while for the next question. */
    void assertNothingIsLeftSince(Footprint before) {
        Footprint after = whenEmpty();
        System.out.println("Grown: " + after.growthSince(before));
        assertThat(after.ownObjects()).containsExactlyEntriesOf(before.ownObjects());
        assertThat(after.heapBytes()).isLessThan((long) (before.heapBytes() * MORE_HEAP));
        assertThat(after.directBytes()).isLessThan(before.directBytes() + MORE_DIRECT_BYTES);
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + ASKED_AT_ONCE);
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + ASKED_AT_ONCE);
        assertThat(server.output()).doesNotContain(" ERROR ", "LEAK", "OutOfMemory");
    }

    @Override
    public void close() {
        server.close();
        application.close();
        redis.close();
    }
}
