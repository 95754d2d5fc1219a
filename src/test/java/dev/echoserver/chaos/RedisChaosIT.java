package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Redis is treated badly under two servers with clients: what it still delivers arrives, and all is well again soon. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisChaosIT {
    /** A heartbeat of a server is five seconds. */
    private static final Duration NEXT_BEAT = Duration.ofSeconds(12);

    private static final Duration SOON = Duration.ofSeconds(8);

    @TempDir
    private static Path folder;

    private RedisProcess redis;
    private Scene scene;

    @BeforeAll
    void openScene() {
        redis = RedisProcess.in(folder);
        scene = Scene.open(folder, redis, redis.port(), 2);
    }

    @AfterAll
    void closeScene() {
        redis.close(); // First: it is there even if the rest is not.
        scene.close();
    }

    private void ask(String... command) {
        assertThat(redis.run(command)).doesNotStartWith("-");
    }

    private static void pass(int seconds) {
        Scene.pass(Duration.ofSeconds(seconds));
    }

    private static List<String> warnings(Finding finding) {
        return finding.log().stream().filter(line -> line.contains(" WARN ")).toList();
    }

    @Test
    void killed() {
        Finding found = scene.play("redis-killed", () -> {
            redis.kill();
            pass(2);
            redis.restart();
            redis.awaitReady();
        });

        found.isBearable(SOON, 4);
        assertThat(warnings(found)).hasSize(2).allMatch(line -> line.contains("broadcasts are lost until it is back"));
    }

    @Test
    void paused() {
        scene.play("redis-paused-3s", () -> {
                    redis.signal("STOP");
                    pass(3);
                    redis.signal("CONT");
                })
                .isBearable(SOON, 0)
                .isUnnoticed();
    }

    @Test
    @Tag("long")
    void pausedForLong() {
        Finding found = scene.play("redis-paused-20s", () -> {
            redis.signal("STOP");
            pass(20);
            redis.signal("CONT");
        });

        found.isBearable(SOON, 6);
        assertThat(warnings(found)).anyMatch(line -> line.contains("no answer in time"));
    }

    @Test
    void emptied() {
        scene.play("redis-flushed", () -> ask("FLUSHALL"))
                .isBearable(NEXT_BEAT, 4)
                .isUnnoticed();
    }

    @Test
    void allConnectionsKilled() {
        Finding found = scene.play("redis-client-kill-pubsub", () -> ask("CLIENT", "KILL", "TYPE", "pubsub"));

        found.isBearable(SOON, 4);
        assertThat(warnings(found)).hasSize(2).allMatch(line -> line.contains("CLIENT KILL"));
        scene.play("redis-client-kill-normal", () -> ask("CLIENT", "KILL", "TYPE", "normal"))
                .isBearable(SOON, 1) // That counting failed for a moment.
                .isUnnoticed();
    }

    @Test
    void full() {
        Finding found = scene.play("redis-full-7s", () -> {
            ask("CONFIG", "SET", "maxmemory", "1");
            scene.admit();
            pass(7);
            ask("CONFIG", "SET", "maxmemory", "0");
        });

        found.isBearable(NEXT_BEAT, 6).isUnnoticed();
        assertThat(warnings(found)).isNotEmpty().allMatch(line -> line.contains("maxmemory"));
    }

    @Test
    @Tag("long")
    void fullForAMoment() {
        scene.play("redis-full-1s", () -> {
                    ask("CONFIG", "SET", "maxmemory", "1");
                    scene.admit();
                    pass(1);
                    ask("CONFIG", "SET", "maxmemory", "0");
                })
                .isBearable(Duration.ofSeconds(30), 6)
                .isUnnoticed();
    }

    @Test
    @Tag("long")
    void loading() {
        for (int i = 0; i < 5000; i++) {
            ask("SET", "key-" + i, "value");
        }
        ask("SAVE");
        Finding found = scene.play("redis-loading-10s", () -> {
            redis.kill();
            redis.restart("--key-load-delay", "2000", "--loading-process-events-interval-bytes", "1024");
            pass(3);
            scene.admit();
            redis.awaitReady();
        });

        found.isBearable(NEXT_BEAT, 8);
        assertThat(warnings(found)).anyMatch(line -> line.contains("loading"));
    }

    @Test
    @Tag("long")
    void madeAReplica() {
        String nowhere = Integer.toString(RedisProcess.freePort());
        Finding found = scene.play("redis-replica-7s", () -> {
            ask("REPLICAOF", "127.0.0.1", nowhere);
            scene.admit();
            pass(7);
            ask("REPLICAOF", "NO", "ONE");
        });

        found.isBearable(NEXT_BEAT, 6).isUnnoticed();
    }

    @Test
    @Tag("long")
    void aReplicaWithoutItsMaster() {
        String nowhere = Integer.toString(RedisProcess.freePort());
        Finding found = scene.play("redis-masterdown-12s", () -> {
            ask("CONFIG", "SET", "replica-serve-stale-data", "no");
            ask("REPLICAOF", "127.0.0.1", nowhere);
            pass(12);
            ask("REPLICAOF", "NO", "ONE");
        });

        found.isBearable(NEXT_BEAT, 8);
        assertThat(warnings(found)).anyMatch(line -> line.contains("MASTERDOWN"));
    }

    @Test
    void givenAPassword() throws IOException {
        try (RedisLine administrator = new RedisLine(redis.port())) { // Who is in stays in.
            Finding found = scene.play("redis-password-4s", () -> {
                ask(administrator, "CONFIG", "SET", "requirepass", "secret");
                ask(administrator, "CLIENT", "KILL", "TYPE", "pubsub");
                ask(administrator, "CLIENT", "KILL", "TYPE", "normal");
                pass(4);
                ask(administrator, "CONFIG", "SET", "requirepass", "");
            });

            found.isBearable(SOON, 10);
            assertThat(warnings(found)).anyMatch(line -> line.contains("NOAUTH") && line.contains("redis.password"));
        }
    }

    private static void ask(RedisLine line, String... command) {
        try {
            assertThat(line.ask(command)).doesNotStartWith("-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Tag("long")
    void overrun() {
        Finding found = scene.play("redis-overrun-100MB", () -> {
            scene.nodes().forEach(node -> node.program().signal("STOP"));
            String event = "{\"event\":\"bulk\",\"data\":\"" + "x".repeat(1_000_000) + "\"}";
            for (int i = 0; i < 100; i++) {
                ask("PUBLISH", "bulk", event);
            }
            scene.nodes().forEach(node -> node.program().signal("CONT"));
        });

        found.isBearable(NEXT_BEAT, 8);
        assertThat(warnings(found)).anyMatch(line -> line.contains("client-output-buffer-limit pubsub"));
    }
}
