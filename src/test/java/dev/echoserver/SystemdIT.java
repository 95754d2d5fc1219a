package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.redis.LocalRedis;
import dev.echoserver.testing.InstalledProgram;
import dev.echoserver.testing.NotifyReceiver;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RedisFixture;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a service of {@code Type=notify} with {@code WatchdogSec}. */
final class SystemdIT {
    @TempDir
    private Path folder;

    private LocalRedis redis;
    private NotifyReceiver systemd;

    @BeforeEach
    void prepare() {
        redis = RedisFixture.local();
        systemd = NotifyReceiver.at(folder.resolve("notify").toString());
    }

    @AfterEach
    void end() {
        systemd.close();
        redis.close();
    }

    private RunningProgram service() {
        int port = redis.settings().port();
        return InstalledProgram.in(folder)
                .configured("{\"port\":0,\"drainSeconds\":1,\"databaseConfig\":{\"redis\":{\"port\":" + port + "}}}")
                .with("NOTIFY_SOCKET", systemd.address())
                .with("WATCHDOG_USEC", "1000000")
                .shell("WATCHDOG_PID=$$ exec \"$0\" start");
    }

    @Test
    void tellsSystemdHowItIsFromStartToEnd() {
        try (RunningProgram server = service()) {
            systemd.await("READY=1")
                    .await("STATUS=Listening to Redis at 127.0.0.1:"
                            + redis.settings().port())
                    .await("WATCHDOG=1", 2);
            assertThat(folder.resolve("echo-server.lock")).doesNotExist();

            server.signal("HUP");
            systemd.await("RELOADING", message -> message.startsWith("RELOADING=1\nMONOTONIC_USEC="))
                    .await("READY=1", 2);

            try (RawClient client = RawClient.connect(InstalledProgram.portOf(server), 4)) {
                client.subscribe("news");
                server.terminate();
                systemd.await("STOPPING=1").await("STATUS=Stopping, connections left: 1");
            }
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void isReadyWithoutRedisAndSaysThatItIsLost() {
        redis.kill();
        try (RunningProgram server = service()) {
            systemd.await("READY=1").await("Redis lost", message -> message.startsWith("STATUS=Redis lost: "));
            assertThat(server.isAlive()).isTrue();
        }
    }
}
