package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is taken for dead. */
final class NodeRegisterIT extends NodesOnOneRedis {
    private static final Duration EXPIRY = Duration.ofSeconds(15);
    private static final double HOUR = 3_600_000;

    private NodeRegister register;

    @BeforeEach
    void enterTwo() {
        RedisLink link = opened(new RedisLink(settings));
        link.open();
        await().until(link::isConnected);
        register = new NodeRegister(link);
        PresenceNode.done(register.enter("one", ""));
        PresenceNode.done(register.enter("other", ""));
    }

    private NodeRegister.Beat beat(String node) {
        return PresenceNode.done(register.beat(node, EXPIRY));
    }

    /** As if {@code nodes} had been heard of so much earlier, or the clock of Redis been set forward by as much. */
    private void age(double millis, String... nodes) {
        for (String node : nodes) {
            commander.sync().zincrby((PREFIX + "echo-server:nodes").getBytes(UTF_8), -millis, node.getBytes(UTF_8));
        }
    }

    @Test
    void aNodeThatFellSilentIsDeadForTheNextThatBeats() {
        age(HOUR, "other");

        assertThat(beat("one")).isEqualTo(new NodeRegister.Beat(true, List.of("other")));
        assertThat(beat("other").isAlive()).isFalse();
    }

    @Test
    void nobodyIsDeadWhenTheClockOfRedisIsSetForward() {
        age(HOUR, "one", "other");

        assertThat(beat("one")).isEqualTo(new NodeRegister.Beat(true, List.of()));
        assertThat(beat("one")).isEqualTo(new NodeRegister.Beat(true, List.of()));
        assertThat(beat("other").isAlive()).isTrue();
    }

    @Test
    void theDeadDieInTimeThoughTheClockOfRedisWasSetBack() {
        age(-HOUR, "one", "other");
        assertThat(beat("one").dead()).isEmpty();

        age(EXPIRY.toMillis() + 1.0, "other");

        assertThat(beat("one").dead()).containsExactly("other");
    }
}
