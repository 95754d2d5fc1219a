package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine fails under a server. */
final class MachineChaosIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int OUT_OF_MEMORY = 3;

    @TempDir
    private Path folder;

    private RedisProcess redis;
    private int port;

    @BeforeEach
    void startRedis() {
        redis = RedisProcess.in(folder);
        port = RedisProcess.freePort();
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    private InstalledProgram program() {
        return InstalledProgram.in(folder)
                .configured("{\"port\":" + port + ",\"devMode\":true,\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.port() + "}}}");
    }

    /** Whether what is published now arrives. */
    private void awaitDelivery() {
        Scene.within(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            try (RawClient client = RawClient.connect(port, 4)) {
                client.subscribe("news");
                Scene.within(Duration.ofSeconds(2)).until(() -> {
                    redis.run("PUBLISH", "news", "{\"event\":\"e\",\"data\":1}");
                    return client.has(packet -> packet.equals("42[\"e\",\"news\",1]"));
                });
            }
            return true;
        });
    }

    /** Each logs some lines. */
    private void visits(int count) {
        for (int i = 0; i < count; i++) {
            try (RawClient client = RawClient.connect(port, 4)) {
                client.subscribe("news-" + i);
            }
        }
    }

    @Test
    void theDiskIsFullForTheLog() throws IOException {
        Path log = folder.resolve("log");
        // The largest size of a file stands for the disk: 32 blocks of 512 bytes.
        try (RunningProgram server = program().shell("ulimit -f 32; exec \"$0\" start --dir . >> log 2>&1")) {
            awaitDelivery();
            visits(200);
            awaitDelivery();
            assertThat(Files.size(log)).isEqualTo(32 * 512L);

            try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
                file.truncate(0);
            }

            awaitDelivery();
            assertThat(Files.readString(log)).contains("joined channel: news");
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void theDiskIsFullForTheLogFile() throws IOException {
        Path log = folder.resolve("echo.log");
        try (RunningProgram server = program().shell("ulimit -f 32; exec \"$0\" start --dir . --log-file echo.log")) {
            awaitDelivery();
            visits(200);
            awaitDelivery();
            assertThat(Files.size(log)).isEqualTo(32 * 512L);

            Files.delete(log);
            server.signal("HUP");

            Scene.within(SOON).until(() -> Files.isRegularFile(log));
            awaitDelivery();
            assertThat(Files.readString(log)).contains("Reloaded the configuration", "joined channel: news");
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void nobodyReadsTheLog() {
        try (RunningProgram server =
                program().shell("mkfifo log; head -n 1 log > /dev/null & exec \"$0\" start --dir . > log 2>&1")) {
            awaitDelivery();
            visits(50);
            awaitDelivery();
            assertThat(server.isAlive()).isTrue();
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void theDiskIsFullForTheLockFile() throws IOException {
        Files.createSymbolicLink(folder.resolve("echo-server.lock"), Path.of("/dev/full"));
        try (RunningProgram server = program().startServer()) {
            awaitDelivery();
            assertThat(server.output()).contains("cannot write", "No space left on device", "stop");
        }
    }

    @Test
    void anOversizedMessageComesFromRedis() {
        redis.run("CONFIG", "SET", "client-output-buffer-limit", "pubsub 0 0 0"); // Else it is Redis who drops it.
        String payload = "[\"" + "x".repeat(60_000_000) + "\"]";
        try (RunningProgram server =
                program().with("ECHO_SERVER_JAVA_OPTS", "-Xmx48m").startServer()) {
            for (String channel : new String[] {"news", "echo-server:peers"}) {
                redis.run("PUBLISH", channel, payload);
                awaitDelivery();
            }
            assertThat(server.countLines("reason=TOO_LARGE")).isEqualTo(1);
            assertThat(server.isAlive()).as(server.output()).isTrue();
        }
    }

    /** Its visitors take more than it may have: a supervisor starts it again, which is better than one that is half dead. */
    @Test
    @Tag("long")
    void theMemoryIsFull() {
        try (RunningProgram server =
                program().with("ECHO_SERVER_JAVA_OPTS", "-Xmx24m").startServer()) {
            String name = "x".repeat(150);
            for (int i = 0; i < 300 && server.isAlive(); i++) {
                subscribeToMany(name + i);
            }
            assertThat(server.exitCode()).as("of a JVM without memory").isEqualTo(OUT_OF_MEMORY);
        }
    }

    private void subscribeToMany(String name) {
        try {
            RawClient client = RawClient.connect(port, 4);
            for (int i = 0; i < 200; i++) { // More at once are too many.
                client.subscribe(name + "-" + i);
            }
        } catch (CompletionException | ConditionTimeoutException gone) {
            return; // It is as it should be.
        }
    }

    @Test
    void theProcessStandsStill() {
        standStill(4);
    }

    @Test
    @Tag("long")
    void theProcessStandsStillForAMinute() {
        standStill(60);
    }

    private void standStill(int seconds) {
        try (Scene scene = Scene.open(folder, redis, redis.port(), 2)) {
            Finding found = scene.play("server-stopped-" + seconds + "s", () -> {
                scene.first().program().signal("STOP");
                Scene.pass(Duration.ofSeconds(seconds));
                scene.first().program().signal("CONT");
            });

            found.isBearable(SOON.multipliedBy(2), 12);
        }
    }
}
