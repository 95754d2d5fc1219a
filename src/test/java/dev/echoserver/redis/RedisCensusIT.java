package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.echoserver.broadcast.DropReason;
import dev.echoserver.census.CensusException;
import dev.echoserver.census.Count;
import dev.echoserver.census.Selection;
import dev.echoserver.channel.InternalChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RedisCensusIT extends NodesOnOneRedis {
    private static final Selection ALL = Selection.startingWith("");

    private PresenceNode node(Count own) {
        PresenceNode node = node();
        node.own = own;
        return node;
    }

    private static Count counted(PresenceNode node) {
        return PresenceNode.done(node.census().count(ALL));
    }

    @Test
    void addsUpWhatAllNodesCount() {
        PresenceNode one = node(new Count(5, Map.of("a", 2, "b", 1)));
        PresenceNode two = node(new Count(3, Map.of("b", 2, "grüße \"c\"", 1)));
        PresenceNode three = node(Count.ZERO);

        Count all = new Count(8, Map.of("a", 2, "b", 3, "grüße \"c\"", 1));
        assertThat(List.of(counted(one), counted(two), counted(three))).containsOnly(all);
    }

    @Test
    void asksNobodyIfThereIsNobody() {
        PresenceNode alone = node(new Count(1, Map.of("a", 1)));
        List<String> before = published();

        assertThat(counted(alone)).isEqualTo(new Count(1, Map.of("a", 1)));
        assertThat(published()).isEqualTo(before);
    }

    /** What Redis knows of commands to publish: how many there were, and how long they took. */
    private List<String> published() {
        return commander
                .sync()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_publish:"))
                .toList();
    }

    @Test
    void ratherFailsThanLeavesANodeOutUntilThatIsKnownToBeDead() {
        PresenceNode one = node(new Count(1, Map.of()));
        PresenceNode other = node(new Count(1, Map.of()));
        assertThat(counted(one).sockets()).isEqualTo(2);
        other.die();

        assertThatThrownBy(() -> counted(one))
                .hasCauseInstanceOf(CensusException.class)
                .hasMessageContainingAll(
                        "did not answer", other.store().recentNames().get(0), "20 seconds");
        await().atMost(HEALING).ignoreExceptions().until(() -> counted(one).sockets() == 1);
    }

    @Test
    void forgetsANodeThatSaysGoodBye() {
        PresenceNode one = node(new Count(1, Map.of()));
        PresenceNode other = node(new Count(1, Map.of()));
        other.close();

        assertThat(counted(one).sockets()).isOne();
    }

    @Test
    void knowsANodeUnderItsOlderNamesToo() {
        PresenceNode one = node(new Count(1, Map.of()));
        PresenceNode other = node(new Count(1, Map.of()));
        String before = other.store().recentNames().get(0);
        other.link().reconnect(new IllegalStateException("expected by this test"));
        await().until(() -> !other.store().recentNames().get(0).equals(before)
                && other.store().isReady());

        assertThat(counted(one).sockets()).isEqualTo(2);
        assertThat(counted(other).sockets()).isEqualTo(2);
    }

    @Test
    void failsWhileRedisIsAway() {
        PresenceNode one = node(new Count(1, Map.of()));
        redis.kill();

        assertThatThrownBy(() -> counted(one))
                .hasCauseInstanceOf(CensusException.class)
                .hasMessageContaining("Redis");
    }

    @Test
    void takesNoNonsense() {
        PresenceNode one = node(new Count(1, Map.of()));
        PresenceNode other = node(new Count(1, Map.of()));
        for (String channel : List.of(InternalChannel.CENSUS, InternalChannel.COUNTS)) {
            for (String nonsense : List.of("", "{", "[]", "{}", "[1,2,3]", "[[],{},[],{}]", "[[],{},[],{},[]]")) {
                commander.sync().publish((PREFIX + channel).getBytes(UTF_8), nonsense.getBytes(UTF_8));
            }
        }

        await().until(() -> other.drops().count(DropReason.NO_NODE_MESSAGE) >= 10);
        assertThat(counted(one).sockets()).isEqualTo(2);
    }
}
