package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RawWebSocket;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many stalled readers, each with messages of its own, beside some who read, on a server that has little memory: the
 * queues, each as long as it may be, would hold eight times of what there is.
 */
@Timeout(90)
final class StalledReadersIT {
    private static final int STALLED = 200;
    private static final int READING = 50;
    private static final int MAX_ROUNDS = 120;
    private static final String BIG = "x".repeat(64 << 10);
    private static final int BUFFERS_KIB = 96 << 10;

    @TempDir
    private static Path folder;

    private final List<RawWebSocket> stalled = new ArrayList<>();
    private final List<RawClient> reading = new ArrayList<>();

    @Test
    void areClosedBeforeTheyTakeTheMemoryOfTheOthers() throws IOException {
        try (LocalRedis redis = RedisFixture.local();
                Laravel laravel = Laravel.on(redis.settings());
                RunningProgram server = start(redis)) {
            connectAll(InstalledProgram.portOf(server));
            long before = server.residentKib();
            int rounds = 0;
            while (closed(server) < STALLED / 4 * 3 && rounds < MAX_ROUNDS) {
                publishRound(laravel, rounds++);
            }
            assertThat(closed(server)).isGreaterThanOrEqualTo(STALLED / 4 * 3);
            publishRound(laravel, rounds++);

            assertReadersGotAll(rounds);
            assertThat(server.output())
                    .contains("(limits.maxOutboundBytes)")
                    .doesNotContain("OutOfMemory", "OutOfDirectMemory", "Broadcast lost", "raised an exception");
            assertThat(server.output().lines().filter(line -> line.contains("WARN")))
                    .hasSizeLessThan(40);
            assertThat(server.residentKib()).isLessThan(before + BUFFERS_KIB);
        } finally {
            closeAll();
        }
    }

    private static RunningProgram start(LocalRedis redis) {
        return InstalledProgram.in(folder)
                .with("JAVA_OPTS", "-Xmx64m -XX:MaxDirectMemorySize=" + BUFFERS_KIB + "k")
                .configured(
                        "{\"port\":0,\"devMode\":true,\"socketio\":{\"pingInterval\":300000},\"databaseConfig\":{\"redis\":{\"port\":"
                                + redis.settings().port() + "}}}")
                .startServer();
    }

    private void connectAll(int port) throws IOException {
        for (int i = 0; i < STALLED; i++) {
            RawWebSocket client = RawWebSocket.open(port, "/socket.io/?EIO=4&transport=websocket");
            client.send("40").send("42[\"subscribe\",{\"channel\":\"stalled-" + i + "\"}]");
            stalled.add(client);
        }
        for (int i = 0; i < READING; i++) {
            RawClient client = RawClient.connect(port, 4);
            client.subscribe("reading");
            reading.add(client);
        }
    }

    /** Something big for each who has stalled, then something for all who read, for which it waits. */
    private void publishRound(Laravel laravel, int round) {
        for (int i = 0; i < STALLED; i++) {
            publish(laravel, "stalled-" + i, "big", "\"" + BIG + "\"");
        }
        publish(laravel, "reading", "round", Integer.toString(round));
        laravel.flush();
        reading.get(round % READING).await(packet -> packet.equals(packetOf(round)));
    }

    private static void publish(Laravel laravel, String channel, String event, String data) {
        laravel.publish(
                LaravelVersion.V13, "", channel, "{\"event\":\"" + event + "\",\"data\":" + data + ",\"socket\":null}");
    }

    private static String packetOf(int round) {
        return "42[\"round\",\"reading\"," + round + "]";
    }

    private void assertReadersGotAll(int rounds) {
        List<String> all = IntStream.range(0, rounds)
                .mapToObj(round -> packetOf(round).substring(2))
                .toList();
        for (RawClient client : reading) {
            client.await(packet -> packet.equals(packetOf(rounds - 1)));
            assertThat(client.events()).isEqualTo(all);
        }
    }

    /** How many connections were closed because of slow readers, as the log says. */
    private static long closed(RunningProgram server) {
        return server.countLines("disconnected (slow reader)");
    }

    private void closeAll() throws IOException {
        for (RawWebSocket client : stalled) {
            client.close();
        }
        reading.forEach(RawClient::close);
    }
}
