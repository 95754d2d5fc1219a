package dev.echoserver.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import dev.echoserver.testing.NotifyReceiver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemdTest {
    private static final long PROCESS = 4711;

    @TempDir
    private Path folder;

    private NotifyReceiver receiver;
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final List<ServiceManager> told = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void listen() {
        receiver = NotifyReceiver.at(folder.resolve("notify").toString());
        environment.put("NOTIFY_SOCKET", receiver.address());
    }

    @AfterEach
    void end() {
        told.forEach(ServiceManager::close);
        loop.shutdownNow();
        receiver.close();
    }

    private ServiceManager systemd() {
        ServiceManager systemd = Systemd.of(environment, PROCESS, () -> TimeUnit.SECONDS.toNanos(7));
        told.add(systemd);
        return systemd;
    }

    @Test
    void hearsHowTheServiceIsInTheOrderInWhichItIsTold() {
        ServiceManager systemd = systemd();
        systemd.status("Connecting to Redis");
        systemd.ready(List.of(loop));
        systemd.reloading(() -> systemd.status("in between"));
        receiver.await("READY=1", 2);

        assertThat(receiver.messages())
                .containsExactly(
                        "STATUS=Connecting to Redis",
                        "READY=1",
                        "RELOADING=1\nMONOTONIC_USEC=7000000",
                        "STATUS=in between",
                        "READY=1");
    }

    @Test
    void hearsHowManyConnectionsAreLeft() {
        systemd().stopping(() -> 12);

        receiver.await("STOPPING=1").await("STATUS=Stopping, connections left: 12");
    }

    @Test
    void takesNothingOfAStatusForAnotherMessage() {
        systemd().status("Redis lost: refused\nSTOPPING=1");

        receiver.await("STATUS=Redis lost: refused STOPPING=1");
    }

    @Test
    void isReachedWithoutAFileToo() {
        String name = "@echo-server-" + folder.getFileName();
        try (NotifyReceiver other = NotifyReceiver.at(name)) {
            environment.put("NOTIFY_SOCKET", name);
            systemd().ready(List.of(loop));

            other.await("READY=1");
        }
    }

    @Test
    void isReadyAgainAfterAReloadThatFailed() {
        ServiceManager systemd = systemd();
        try {
            systemd.reloading(() -> {
                throw new IllegalStateException();
            });
        } catch (IllegalStateException expected) {
            receiver.await("READY=1");
        }
    }

    @Test
    void getsASignOfLifeTwiceInTheTimeItWaits() {
        environment.put("WATCHDOG_USEC", "100000");
        environment.put("WATCHDOG_PID", Long.toString(PROCESS));

        systemd().ready(List.of(loop));

        receiver.await("WATCHDOG=1", 3);
    }

    @Test
    void getsNoSignOfLifeWhileALoopHangs() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        loop.execute(() -> {
            hangs.countDown();
            awaitUninterruptibly(goesOn);
        });
        hangs.await();
        environment.put("WATCHDOG_USEC", "100000");

        systemd().ready(List.of(loop));
        systemd().stopping(() -> 0);
        receiver.await("STOPPING=1");
        assertThat(receiver.count("WATCHDOG=1")).isZero();

        goesOn.countDown();
        receiver.await("WATCHDOG=1", 2);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void getsNoSignOfLifeThatAnotherProcessOwes() {
        environment.put("WATCHDOG_USEC", "1000");
        environment.put("WATCHDOG_PID", "4712");

        systemd().ready(List.of(loop));
        systemd().stopping(() -> 0);

        receiver.await("STOPPING=1");
        assertThat(receiver.count("WATCHDOG=1")).isZero();
    }

    @Test
    void isDoneWithoutIfItDoesNotListen() {
        environment.put("NOTIFY_SOCKET", folder.resolve("nobody").toString());
        try (CapturedLog log = CapturedLog.of(Systemd.class)) {
            assertThat(systemd().isThere()).isFalse();
            assertThat(log.lines(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("write Type=simple and no WatchdogSec into the unit", "nobody");
        }
    }
}
