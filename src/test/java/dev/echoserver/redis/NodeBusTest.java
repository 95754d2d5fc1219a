package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Drops;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeBusTest {
    private final Drops drops = new Drops(() -> 0);
    private final NodeBus bus = new NodeBus(drops, 5);
    private final List<String> heard = new ArrayList<>();

    private void take(String payload) {
        assertThat(bus.take("echo-server:x".getBytes(UTF_8), 0, payload.getBytes(UTF_8)))
                .isTrue();
    }

    @Test
    void dropsAMessageThatIsTooLarge() {
        bus.handle("echo-server:x", payload -> heard.add(new String(payload, UTF_8)));

        take("12345");
        take("123456");

        assertThat(heard).containsExactly("12345");
        assertThat(drops.count(DropReason.TOO_LARGE)).isEqualTo(1);
    }
}
