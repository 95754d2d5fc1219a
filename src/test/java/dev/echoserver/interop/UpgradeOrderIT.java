package dev.echoserver.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.engineio.EngineIoSettings;
import dev.echoserver.engineio.EngineIoSettings.Pings;
import dev.echoserver.testing.NodeProcess;
import dev.echoserver.testing.SocketServer;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real clients that upgrade again and again while thousands of numbered events travel both ways. */
final class UpgradeOrderIT {
    private static final Pings PINGS = EngineIoSettings.defaults().pings();
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "4"})
    void loseNothingAndKeepTheOrder(String client) {
        try (SocketServer server = InteropServer.start(PINGS);
                NodeProcess clients = NodeProcess.start(
                        "upgrade-order.mjs", "--url", "http://127.0.0.1:" + server.port(), "--client", client)) {
            assertThat(clients.awaitExit(LIMIT))
                    .as(() -> String.join("\n", clients.lines()))
                    .isZero();
        }
    }
}
