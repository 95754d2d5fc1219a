package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.Requirement;
import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A packaged program that may open few files. */
@Timeout(90)
final class DescriptorsIT {
    private static final int FEW = 256;
    private static final String NONE_LEFT = "Cannot accept connections";
    private static final String TOO_MANY = "Closed a new connection";

    @TempDir
    private static Path folder;

    private final List<RawConnection> flood = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        closeFlood();
    }

    private void closeFlood() throws IOException {
        for (RawConnection connection : flood) {
            connection.close();
        }
        flood.clear();
    }

    private static InstalledProgram program(LocalRedis redis) {
        return InstalledProgram.in(folder)
                .configured("{\"port\":0,\"databaseConfig\":{\"redis\":{\"port\":"
                        + redis.settings().port() + "}}}");
    }

    private static void assertHears(RawClient client, Laravel laravel) {
        int before = client.events().size();
        Awaitility.await().until(() -> {
            laravel.publish(LaravelVersion.V13, "", "news", "{\"event\":\"told\",\"data\":1,\"socket\":null}");
            laravel.flush();
            return client.events().size() > before;
        });
    }

    @Test
    void keepsSomeOfThemForRedisWhoeverComes() throws IOException {
        try (LocalRedis redis = RedisFixture.local();
                Laravel laravel = Laravel.on(redis.settings());
                RunningProgram server = program(redis).shell("ulimit -n " + FEW + "; exec \"$0\" start")) {
            server.awaitLine("Server ready!");
            int port = InstalledProgram.portOf(server);
            assertThat(server.output()).contains("Only 256 files may be open", "LimitNOFILE=65536");
            try (RawClient client = RawClient.connect(port, 4)) {
                client.subscribe("news");
                for (int i = 0; i < FEW; i++) {
                    flood.add(RawConnection.to(port));
                }
                server.awaitRestOf(TOO_MANY);

                assertHears(client, laravel);
                assertThat(openFiles(server)).isLessThan(FEW - 40);
                assertThat(server.output()).doesNotContain(NONE_LEFT);
                assertThat(server.countLines(TOO_MANY)).isEqualTo(1);
            }
            closeFlood();
            Awaitility.await().until(() -> openFiles(server) < FEW / 2);
            RawClient.connect(port, 4).close();
        }
    }

    @Test
    void outlivesThatThereAreNone() throws IOException, InterruptedException {
        Requirement.program("prlimit");
        try (LocalRedis redis = RedisFixture.local();
                Laravel laravel = Laravel.on(redis.settings());
                RunningProgram server = program(redis).startServer()) {
            int port = InstalledProgram.portOf(server);
            try (RawClient client = RawClient.connect(port, 4)) {
                client.subscribe("news");
                assertHears(client, laravel);
                limit(server, openFiles(server));
                flood.add(RawConnection.to(port));
                server.awaitRestOf(NONE_LEFT);
                Duration before = cpuTime(server);

                assertHears(client, laravel);
                Awaitility.await()
                        .during(Duration.ofSeconds(3))
                        .until(() -> cpuTime(server).minus(before).compareTo(Duration.ofSeconds(1)) < 0);
                assertThat(server.countLines(NONE_LEFT)).isEqualTo(1);
                assertThat(server.output())
                        .contains("Too many open files", "LimitNOFILE")
                        .doesNotContain("exceptionCaught");

                limit(server, FEW * 4);
                RawClient.connect(port, 4).close();
            }
        }
    }

    private static void limit(RunningProgram server, long files) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("prlimit", "--pid", "" + server.handle().pid(), "--nofile=" + files + ":")
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    private static long openFiles(RunningProgram server) throws IOException {
        Path all = Path.of("/proc", Long.toString(server.handle().pid()), "fd");
        try (var files = Files.list(all)) {
            return files.count();
        }
    }

    private static Duration cpuTime(RunningProgram server) {
        return server.handle().info().totalCpuDuration().orElseThrow();
    }
}
