package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.PollingClient;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients that each send all of a large message but the last byte, in every way there is, to a server that has a
 * fifth of the memory this takes, beside some who send and get ordinary events.
 */
@Timeout(90)
final class HalfMessagesIT {
    private static final int ROUNDS = 40; // Of five clients each.
    private static final int READING = 20;
    private static final int LARGE = (1 << 20) - 1;
    private static final int BUFFERS_KIB = 64 << 10;
    private static final String API = "/apps/les/events?auth_key=secret";
    private static final String ENGINE = "/socket.io/?EIO=4";

    @TempDir
    private static Path folder;

    private final List<AutoCloseable> halves = new ArrayList<>();
    private final Map<RawWebSocket, byte[]> webSockets = new LinkedHashMap<>(); // With what is missing.
    private final Map<RawConnection, String> requests = new LinkedHashMap<>();
    private final List<RawClient> reading = new ArrayList<>();

    @Test
    void areRefusedBeforeTheyTakeTheMemoryOfTheOthers() throws Exception {
        try (LocalRedis redis = RedisFixture.local();
                Laravel laravel = Laravel.on(redis.settings());
                RunningProgram server = start(redis)) {
            int port = InstalledProgram.portOf(server);
            connectReaders(port);
            long before = server.residentKib();
            for (int round = 0; round < ROUNDS; round++) {
                sendHalves(port);
                publish(laravel, round);
            }
            publish(laravel, ROUNDS);
            assertReadersGotAll();
            long after = server.residentKib();
            int refused = refused();
            System.out.println("HalfMessagesIT: clients=" + halves.size() + " refused=" + refused + " residentKib="
                    + before + ".." + after);

            assertThat(refused).isGreaterThan(halves.size() * 3 / 4);
            assertThat(server.output())
                    .contains("limits.maxInboundBytes")
                    .doesNotContain("OutOfMemory", "OutOfDirectMemory", "Broadcast lost", "LEAK");
            assertThat(server.countLines("WARN")).isLessThan(10);
            assertThat(after).isLessThan(before + BUFFERS_KIB);
        } finally {
            closeAll();
        }
    }

    private static RunningProgram start(LocalRedis redis) {
        return InstalledProgram.in(folder)
                .with("JAVA_OPTS", "-Xmx64m -XX:MaxDirectMemorySize=" + BUFFERS_KIB + "k")
                .configured("{\"port\":0,\"clients\":[{\"appId\":\"les\",\"key\":\"secret\"}],"
                        + "\"socketio\":{\"pingInterval\":300000},"
                        + "\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}")
                .startServer();
    }

    private void connectReaders(int port) {
        for (int i = 0; i < READING; i++) {
            RawClient client = RawClient.connect(port, 4);
            client.subscribe("reading");
            reading.add(client);
        }
    }

    private void sendHalves(int port) throws IOException {
        byte[] large = new byte[LARGE];
        String body = "x".repeat(LARGE);
        RawWebSocket oneFrame = webSocket(port, new byte[1]);
        attempt(() -> oneFrame.sendBytes(head(0x82)).sendBytes(large));
        RawWebSocket fragments = webSocket(port, new byte[] {(byte) 0x80, (byte) 0x81, 0, 0, 0, 0, 1});
        attempt(() -> fragments.send(2, large));
        RawConnection poll = connection(port, "x");
        String target = PollingClient.open(port, ENGINE).target();
        attempt(() -> poll.write(RawConnection.postHead(target, "text/plain", LARGE + 1))
                .write(body));
        RawConnection api = connection(port, "x");
        attempt(() ->
                api.write(RawConnection.postHead(API, "text/plain", LARGE + 1)).write(body));
        RawConnection chunked = connection(port, "x\r\n0\r\n\r\n");
        attempt(() -> chunked.write(RawConnection.request("POST", API, "Transfer-Encoding: chunked"))
                .write("100000\r\n" + body));
    }

    private RawWebSocket webSocket(int port, byte[] rest) throws IOException {
        RawWebSocket client = RawWebSocket.open(port, ENGINE + "&transport=websocket");
        halves.add(client);
        webSockets.put(client, rest);
        client.send("40");
        return client;
    }

    private RawConnection connection(int port, String rest) throws IOException {
        RawConnection connection = RawConnection.to(port);
        halves.add(connection);
        requests.put(connection, rest);
        return connection;
    }

    private interface Sending {
        Object run() throws IOException;
    }

    private static void attempt(Sending sending) throws IOException {
        try {
            sending.run();
        } catch (SocketException closed) {
            assertThat(closed).as("refused while it was sending").isNotNull();
        }
    }

    /** How many clients were told to come again later, or cut off in the middle, now that all send their last byte. */
    private int refused() throws IOException {
        int refused = 0;
        for (Map.Entry<RawWebSocket, byte[]> half : webSockets.entrySet()) {
            attempt(() -> half.getKey().sendBytes(half.getValue()));
            refused += isRefused(half.getKey()) ? 1 : 0;
        }
        for (Map.Entry<RawConnection, String> half : requests.entrySet()) {
            attempt(() -> half.getKey().write(half.getValue()));
            refused += half.getKey().status() == 503 ? 1 : 0;
        }
        return refused;
    }

    private static boolean isRefused(RawWebSocket client) throws IOException {
        try {
            RawWebSocket.Frame frame = client.frame();
            while (frame.head() != RawWebSocket.CLOSE) {
                frame = client.frame();
            }
            return frame.content().length > 2;
        } catch (SocketException | EOFException cut) {
            return true;
        }
    }

    /** The beginning of a frame of a byte more. */
    private static byte[] head(int head) {
        int length = LARGE + 1;
        return new byte[] {
            (byte) head,
            (byte) 0xFF,
            0,
            0,
            0,
            0,
            (byte) (length >> 24),
            (byte) (length >> 16),
            (byte) (length >> 8),
            0,
            0,
            0,
            0,
            0
        };
    }

    private void publish(Laravel laravel, int round) {
        laravel.publish(
                LaravelVersion.V13, "", "reading", "{\"event\":\"round\",\"data\":" + round + ",\"socket\":null}");
        laravel.flush();
        reading.get(round % READING).await(packet -> packet.equals(packetOf(round)));
    }

    private static String packetOf(int round) {
        return "42[\"round\",\"reading\"," + round + "]";
    }

    private void assertReadersGotAll() {
        List<String> all = IntStream.rangeClosed(0, ROUNDS)
                .mapToObj(round -> packetOf(round).substring(2))
                .toList();
        for (RawClient client : reading) {
            client.await(packet -> packet.equals(packetOf(ROUNDS)));
            assertThat(client.events()).isEqualTo(all);
        }
    }

    private void closeAll() throws Exception {
        for (AutoCloseable half : halves) {
            half.close();
        }
        reading.forEach(RawClient::close);
    }
}
