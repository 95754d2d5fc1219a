package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that come and go in every way there is leave nothing behind, and those who stay notice nothing. */
final class SoakIT {
    private static final int WARM_UP = Math.max(1_000, Scale.cycles() / 10); // Pools and tables grow to what they need.
    private static final int PARTS = Scale.isLong() ? 5 : 1;
    private static final int STALL_SECONDS = 10;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void whoIsGoneLeavesNothingBehind() throws IOException {
        try (WatchedServer server = new WatchedServer(folder, STALL_SECONDS)) {
            Visitors visitors = new Visitors(server.address(), WatchedServer.SILENCE, Scale.random(SoakIT.class));
            server.beside(() -> send(visitors, WARM_UP));
            Footprint before = server.whenEmpty();
            for (int part = 0; part < PARTS; part++) {
                server.beside(() -> send(visitors, Scale.cycles() / PARTS));
                server.whenEmpty();
            }
            System.out.println("Soak: " + visitors.report());

            assertThat(visitors.faults()).isEmpty();
            server.assertNothingIsLeftSince(before);
        }
    }

    private static void send(Visitors visitors, int count) {
        long start = System.nanoTime();
        visitors.send(count);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("Soak: cycles=%d seconds=%.1f perSecond=%.0f%n", count, seconds, count / seconds);
    }
}
