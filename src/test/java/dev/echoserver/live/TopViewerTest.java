package dev.echoserver.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastObserver.Reach;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.census.Count;
import dev.echoserver.channel.Channel;
import dev.echoserver.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TopViewerTest {
    private final BusyChannels busy = new BusyChannels();
    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private long broadcasts;
    private long granted;
    private final TopViewer viewer = new TopViewer(
            busy,
            all -> CompletableFuture.completedStage(new Count(5, Map.of("orders", 3, "news", 2))),
            this::figures,
            () -> now,
            lines::add);

    private Figures figures() {
        return new Figures(
                "1.2.3",
                Duration.ofSeconds(61),
                Map.of("websocket", 4L),
                Map.of("public", 5L),
                new Figures.Load(broadcasts, 10 * broadcasts, 1000 * broadcasts, 1),
                new Figures.Redis(true, "127.0.0.1:6379"),
                new Figures.Auth(granted, 0, Duration.ofMillis(20).multipliedBy(granted)),
                120 << 20,
                Duration.ofNanos(300_000));
    }

    private void event(String channel) {
        Broadcast broadcast = new Broadcast(Channel.of(channel), Json.string("e"), Json.of("1"), Optional.empty());
        busy.delivered(Origin.REDIS, broadcast, new Reach(1, false, false, Duration.ZERO));
    }

    @Test
    void tellsRatesSinceTheLastLookAndTheBusiestChannels() {
        viewer.look();
        broadcasts = 3;
        granted = 4;
        event("news");
        event("orders");
        event("orders");
        now = now.plusSeconds(2);
        viewer.look();

        assertThat(lines.get(1))
                .isEqualTo("{\"at\":\"2026-01-01T12:00:02Z\",\"version\":\"1.2.3\",\"uptimeSeconds\":61,"
                        + "\"connections\":{\"websocket\":4},\"subscriptions\":{\"public\":5},\"channels\":2,"
                        + "\"broadcastsPerSecond\":1.5,\"deliveriesPerSecond\":15.0,\"bytesPerSecond\":1500.0,\"dropped\":1,"
                        + "\"busiest\":[{\"channel\":\"orders\",\"perSecond\":1.0,\"sockets\":3},"
                        + "{\"channel\":\"news\",\"perSecond\":0.5,\"sockets\":2}],"
                        + "\"redis\":{\"listening\":true,\"address\":\"127.0.0.1:6379\"},"
                        + "\"auth\":{\"granted\":4,\"refused\":0,\"perSecond\":2.0,\"millis\":20.0},"
                        + "\"memoryMiB\":120,\"loopLagMillis\":0.3}");
    }

    @Test
    void beginsAnewWithEachLook() {
        event("orders");
        now = now.plusSeconds(1);
        viewer.look();
        now = now.plusSeconds(1);
        viewer.look();

        assertThat(lines.get(1)).contains("\"busiest\":[]", "\"broadcastsPerSecond\":0.0");
    }
}
