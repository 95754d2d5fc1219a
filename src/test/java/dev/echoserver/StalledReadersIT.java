package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.OpenSsl;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many stalled readers, each with messages of its own, beside some who read, on a server that has little memory: the
 * queues, each as long as it may be, would hold eight times of what there is.
 */
@Timeout(90)
final class StalledReadersIT {
    private static final int STALLED = 200;
    private static final int READING = 50;
    private static final int MAX_ROUNDS = 120;
    private static final String BIG = incompressible(64 << 10);
    private static final int BUFFERS_KIB = 96 << 10;

    @TempDir
    private static Path folder;

    private static OpenSsl openssl;

    @BeforeAll
    static void makeCertificate() {
        openssl = OpenSsl.in(folder).authority().issue("server");
    }

    private static String incompressible(int characters) {
        byte[] random = new byte[characters / 4 * 3];
        new Random(1).nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    private final List<RawWebSocket> stalled = new ArrayList<>();
    private final List<RawClient> reading = new ArrayList<>();

    /** How the bytes travel. */
    private enum Way {
        PLAIN,
        COMPRESSED,
        /** Each reader has a copy of what all get, too. */
        ENCRYPTED
    }

    @ParameterizedTest
    @EnumSource
    void areClosedBeforeTheyTakeTheMemoryOfTheOthers(Way way) throws IOException {
        try (LocalRedis redis = RedisFixture.local();
                Laravel laravel = Laravel.on(redis.settings());
                RunningProgram server = start(redis, way)) {
            connectAll(InstalledProgram.portOf(server), way);
            long before = residentKib(server);
            int rounds = 0;
            while (closed(server) < STALLED / 4 * 3 && rounds < MAX_ROUNDS) {
                publishToEach(laravel);
                publishRound(laravel, rounds++);
            }
            assertThat(closed(server)).isGreaterThanOrEqualTo(STALLED / 4 * 3);
            publishRound(laravel, rounds++);

            assertReadersGotAll(rounds);
            assertThat(server.output()).contains("(limits.maxOutboundBytes)");
            assertNothingWasLost(server, before);
        } finally {
            closeAll();
        }
    }

    /** Encrypted or compressed, each has a copy of its own: at once twice as much as there is. */
    @ParameterizedTest
    @EnumSource
    void areClosedInTheMiddleOfOneEventForAllOfThem(Way way) throws IOException {
        try (LocalRedis redis = RedisFixture.local();
                Laravel laravel = Laravel.on(redis.settings());
                RunningProgram server = start(redis, way)) {
            connectAll(InstalledProgram.portOf(server), way);
            long before = residentKib(server);
            for (int round = 0; round < 12; round++) {
                publish(laravel, "all", "huge", "\"" + BIG.repeat(16) + "\"");
                publishRound(laravel, round);
            }

            assertReadersGotAll(12);
            assertNothingWasLost(server, before);
        } finally {
            closeAll();
        }
    }

    private static void assertNothingWasLost(RunningProgram server, long residentKibBefore) throws IOException {
        assertThat(server.output())
                .doesNotContain("OutOfMemory", "OutOfDirectMemory", "Broadcast lost", "raised an exception", " ERROR ");
        assertThat(server.output().lines().filter(line -> line.contains("WARN")))
                .hasSizeLessThan(40);
        assertThat(residentKib(server)).isLessThan(residentKibBefore + BUFFERS_KIB);
    }

    private static RunningProgram start(LocalRedis redis, Way way) {
        return InstalledProgram.in(folder)
                .with("JAVA_OPTS", "-Xmx64m -XX:MaxDirectMemorySize=" + BUFFERS_KIB + "k")
                .configured("{\"port\":0,\"socketio\":{\"pingInterval\":300000,\"perMessageDeflate\":"
                        + (way == Way.COMPRESSED)
                        + "},"
                        + (way == Way.ENCRYPTED ? "\"protocol\":\"https\"," + openssl.settings("server") + "," : "")
                        + "\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}")
                .startServer();
    }

    private void connectAll(int port, Way way) throws IOException {
        SSLContext trust = openssl.trust();
        for (int i = 0; i < STALLED; i++) {
            RawConnection connection =
                    way == Way.ENCRYPTED ? RawConnection.encrypted(port, trust) : RawConnection.to(port);
            RawWebSocket client = RawWebSocket.open(
                    connection,
                    "/socket.io/?EIO=4&transport=websocket",
                    "Sec-WebSocket-Extensions: permessage-deflate");
            client.send("40")
                    .send("42[\"subscribe\",{\"channel\":\"stalled-" + i + "\"}]")
                    .send("42[\"subscribe\",{\"channel\":\"all\"}]");
            stalled.add(client);
        }
        for (int i = 0; i < READING; i++) {
            RawClient client = way == Way.ENCRYPTED
                    ? RawClient.connectEncrypted(port, trust, Map.of())
                    : RawClient.connect(port, 4);
            client.subscribe("reading");
            reading.add(client);
        }
    }

    /** Something big for each who has stalled. */
    private static void publishToEach(Laravel laravel) {
        for (int i = 0; i < STALLED; i++) {
            publish(laravel, "stalled-" + i, "big", "\"" + BIG + "\"");
        }
    }

    /** Something for all who read, for which it waits. */
    private void publishRound(Laravel laravel, int round) {
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
        return server.output()
                .lines()
                .mapToLong(line -> line.contains("Closed a connection that reads too slowly")
                        ? 1
                        : line.contains("Closed more connections that read too slowly")
                                ? Long.parseLong(line.replaceFirst(".*count=(\\d+).*", "$1"))
                                : 0)
                .sum();
    }

    private static long residentKib(RunningProgram server) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(server.handle().pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private void closeAll() throws IOException {
        for (RawWebSocket client : stalled) {
            client.close();
        }
        reading.forEach(RawClient::close);
    }
}
