package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.config.RedisConfig;
import java.util.List;
import java.util.stream.IntStream;

/** What must work with every Redis, however it is reached. */
final class TopologyChecks {
    private static final String ANN = "{\"user_id\":1}";
    private static final String BOB = "{\"user_id\":2}";

    private TopologyChecks() {}

    /** Publishing, broadcasts, and presence of two nodes on rooms in many places. */
    static void everythingWorks(RedisConfig settings) {
        broadcastsArrive(settings);
        try (PresenceNode one = PresenceNode.open(settings, new LaravelView(true, true));
                PresenceNode other = PresenceNode.open(settings, new LaravelView(true, true))) {
            for (PresenceChannel room : rooms()) {
                one.join(room, "1.1", ANN);
                other.join(room, "2.1", BOB);
                assertThat(one.members(room)).containsExactlyInAnyOrder(ANN, BOB);
                one.leave(room, "1.1");
                assertThat(other.members(room)).containsExactly(BOB);
            }
            other.store().close();
            rooms().forEach(room ->
                    await().untilAsserted(() -> assertThat(one.members(room)).isEmpty()));
        }
    }

    static void broadcastsArrive(RedisConfig settings) {
        try (SourceUnderTest source = SourceUnderTest.open(settings)) {
            RedisPublisher.publish(settings, "news", RedisCommander.envelope(1));
            source.awaitTrace("news 1");
        }
    }

    private static List<PresenceChannel> rooms() {
        return IntStream.range(0, 6)
                .mapToObj(n -> new PresenceChannel("presence-room." + n))
                .toList();
    }
}
