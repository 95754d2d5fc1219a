package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.redis.NumberPublisher;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Redis dies again and again, in front of the packaged program. */
final class RedisOutageIT {
    private static final Logger log = LoggerFactory.getLogger(RedisOutageIT.class);

    private static final int ROUNDS = 5;
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration CONNECTING = Duration.ofSeconds(30);
    private static final Duration AWAY = Duration.ofSeconds(3);
    private static final double MOST_OF_A_CORE = 0.05;
    private static final String GONE = " WARN  Not listening to Redis";
    private static final String BACK = " INFO  Listening to Redis";

    @TempDir
    private Path folder;

    private LocalRedis redis;

    @BeforeEach
    void startRedis() {
        redis = RedisFixture.local();
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    private InstalledProgram program() {
        return InstalledProgram.in(folder)
                .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}");
    }

    private static ConditionFactory within(Duration limit) {
        return await().atMost(limit).pollInterval(Duration.ofMillis(10));
    }

    @Test
    void broadcastsFlowAgainSecondsAfterRedisIsBackEachTime() {
        try (RunningProgram server = program().startServer();
                NodeProcess clients = watch(server);
                NumberPublisher publisher = NumberPublisher.start(redis.settings())) {
            within(RECOVERY).until(() -> lastHeard(clients) >= 0);
            for (int round = 1; round <= ROUNDS; round++) {
                redis.kill();
                awaitLogged(server, GONE, round);
                if (round == ROUNDS) { // The compilers of the JVM are done with the start by then.
                    assertThat(cpuWhileAway(server)).isLessThan(MOST_OF_A_CORE);
                }
                redis.restart();
                long millis = millisUntilHeard(clients, publisher);
                log.info("Redis outage: round={} millisUntilDelivered={}", round, millis);
                assertThat(millis).isLessThan(RECOVERY.toMillis());
            }
            assertThat(clients.lines()).noneMatch(line -> line.startsWith("fault"));
            assertThat(server.isAlive()).isTrue();
            assertThat(server.countLines(GONE)).isEqualTo(ROUNDS);
            assertThat(server.countLines(BACK)).isEqualTo(ROUNDS + 1);
            server.terminate();
            assertThat(server.exitCode()).as(server.output()).isZero();
            assertThat(server.output()).doesNotContain(" ERROR ");
        }
    }

    private static NodeProcess watch(RunningProgram server) {
        NodeProcess clients =
                NodeProcess.start("watch.mjs", "--url", "http://127.0.0.1:" + InstalledProgram.portOf(server));
        clients.awaitLine("connected", CONNECTING);
        return clients;
    }

    private static void awaitLogged(RunningProgram server, String text, int times) {
        within(RECOVERY).until(() -> server.countLines(text) == times);
    }

    /** From now until something that is published from now on has reached every client. */
    private static long millisUntilHeard(NodeProcess clients, NumberPublisher publisher) {
        long start = System.nanoTime();
        int before = publisher.lastNumber();
        within(RECOVERY.multipliedBy(2)).until(() -> lastHeard(clients) > before);
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private static int lastHeard(NodeProcess clients) {
        return clients.lines().stream()
                .filter(line -> line.startsWith("heard "))
                .mapToInt(line -> Integer.parseInt(line.substring("heard ".length())))
                .max()
                .orElse(-1);
    }

    /** As a part of one core. */
    private static double cpuWhileAway(RunningProgram server) {
        Duration before = cpu(server);
        long start = System.nanoTime();
        await().pollDelay(AWAY).atMost(AWAY.multipliedBy(2)).until(() -> true);
        double share = (double) cpu(server).minus(before).toNanos() / (System.nanoTime() - start);
        log.info("Redis outage: cpuShareWhileAway={}", share);
        return share;
    }

    private static Duration cpu(RunningProgram server) {
        return server.handle().info().totalCpuDuration().orElseThrow();
    }

    @Test
    void aServerThatStartsFirstServesAndListensAsSoonAsItCan() throws IOException, InterruptedException {
        redis.stop();
        try (RunningProgram server = program().run("start")) {
            server.awaitRestOf(GONE);
            int port = InstalledProgram.portOf(server);
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(health, BodyHandlers.ofString())
                            .body())
                    .isEqualTo("OK");
            assertThat(server.output()).doesNotContain("Server ready!");

            redis.restart();

            server.awaitLine("Server ready!");
            assertThat(server.countLines(GONE)).isEqualTo(1);
            assertThat(server.countLines("127.0.0.1:" + redis.settings().port()))
                    .isEqualTo(2);
            try (NodeProcess clients = watch(server);
                    NumberPublisher publisher = NumberPublisher.start(redis.settings())) {
                assertThat(millisUntilHeard(clients, publisher)).isLessThan(RECOVERY.toMillis());
            }
        }
    }
}
