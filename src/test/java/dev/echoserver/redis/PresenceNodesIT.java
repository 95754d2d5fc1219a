package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.echoserver.broadcast.DropReason;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.presence.PresenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Several nodes that come, go and die. */
final class PresenceNodesIT extends NodesOnOneRedis {
    @Nested
    final class Crowds {
        private static final int USERS = 200;
        private static final int TABS = 3;

        @Test
        void thatComeAndGoAtOnceAreAnnouncedOncePerUserOnEachNode() {
            PresenceNode one = node();
            PresenceNode other = node();

            together((user, tab) -> pick(one, other, user + tab).joinLater(ROOM, socket(user, tab), member(user)));

            assertThat(one.members(ROOM)).hasSize(USERS).containsExactlyInAnyOrderElementsOf(members(USERS));
            awaitEachOnce(one, "joining", USERS);
            awaitEachOnce(other, "joining", USERS);

            together((user, tab) -> pick(one, other, user + tab).leaveLater(ROOM, socket(user, tab)));

            awaitEachOnce(one, "leaving", USERS);
            awaitEachOnce(other, "leaving", USERS);
            assertThat(one.trace().versions())
                    .isEqualTo(other.trace().versions())
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(keys()).containsExactly("app_echo-server:nodes");
            one.close();
            other.close();
            assertThat(keys()).isEmpty();
        }

        private void together(Change change) {
            List<CompletionStage<?>> changes = new ArrayList<>();
            for (int tab = 0; tab < TABS; tab++) {
                for (int user = 0; user < USERS; user++) {
                    changes.add(change.of(user, tab));
                }
            }
            changes.forEach(PresenceNode::done);
        }

        private static PresenceNode pick(PresenceNode one, PresenceNode other, int n) {
            return n % 2 == 0 ? one : other;
        }
    }

    private interface Change {
        CompletionStage<?> of(int user, int tab);
    }

    @Nested
    final class Death {

        @Test
        void ofANodeTakesItsMembersOutOnceThoughTwoNodesNoticeIt() {
            PresenceNode one = node();
            PresenceNode other = node();
            PresenceNode dying = node();
            int users = 500;
            IntStream.range(0, users)
                    .mapToObj(user -> dying.joinLater(ROOM, socket(user, 0), member(user)))
                    .toList()
                    .forEach(PresenceNode::done);
            one.join(ROOM, socket(0, 1), member(0));

            dying.die();

            await().atMost(HEALING)
                    .untilAsserted(() -> assertThat(one.members(ROOM)).containsExactly(member(0)));
            awaitEachOnce(one, "leaving", IntStream.range(1, users));
            awaitEachOnce(other, "leaving", IntStream.range(1, users));
            await().untilAsserted(() -> assertThat(keys())
                    .filteredOn(key -> key.startsWith("app_echo-server:node:"))
                    .hasSize(1));
            assertThat(commander.sync().zcard("app_echo-server:nodes".getBytes(UTF_8)))
                    .isEqualTo(2);
        }

        @Test
        void ofTheOnlyNodeIsFoundByTheNextOne() {
            PresenceNode dying = node();
            dying.join(ROOM, "1.1", ANN);
            dying.die();

            PresenceNode next = node();

            next.join(ROOM, "2.1", BOB);
            await().atMost(HEALING)
                    .untilAsserted(() -> assertThat(next.members(ROOM)).containsExactly(BOB));
            next.trace().awaitLines("joining presence-r " + BOB + " by 2.1", "leaving presence-r " + ANN);
        }

        @Test
        void inOrderIsAnnouncedAtOnce() {
            PresenceNode one = node();
            PresenceNode ending = node();
            ending.join(ROOM, "1.1", ANN);

            ending.close();

            assertThat(one.members(ROOM)).isEmpty();
            one.trace().awaitLines("joining presence-r " + ANN + " by 1.1", "leaving presence-r " + ANN);
            assertThatThrownBy(() -> ending.join(ROOM, "1.2", ANN)).hasCauseInstanceOf(PresenceException.class);
        }
    }

    @Nested
    final class Strangers {

        @Test
        void onTheNodesChannelAreCountedAndDropped() {
            PresenceNode node = node();
            String[] nonsense = {
                "",
                "{}",
                "[]",
                "[1,2,3,4,5]",
                "[\"joining\",\"presence-r\",\"1.1\",1,7]",
                "[\"being\",\"presence-r\",\"1.1\",1,{\"user_id\":1}]",
                "[\"joining\",\"presence-r\",\"1.1\",1.5,{\"user_id\":1}]",
                "[\"joining\",\"presence-r\",\"1.1\",99999999999999999999,{\"user_id\":1}]"
            };
            for (String each : nonsense) {
                commander.sync().publish("app_echo-server:presence".getBytes(UTF_8), each.getBytes(UTF_8));
            }
            commander.sync().publish("app_echo-server:of-a-newer-version".getBytes(UTF_8), new byte[0]);
            node.join(ROOM, "1.1", ANN);

            node.trace().awaitLines("joining presence-r " + ANN + " by 1.1");
            assertThat(node.drops().count(DropReason.NO_NODE_MESSAGE)).isEqualTo(nonsense.length);
        }

        @Test
        void inAnotherDatabaseOrWithAnotherPrefixShareNothing() {
            PresenceNode node = node();
            PresenceNode prefixed = opened(PresenceNode.open(redis.settings().withKeyPrefix("other_")));
            PresenceNode divided = opened(PresenceNode.open(inDatabase(3)));
            node.join(ROOM, "1.1", ANN);

            assertThat(prefixed.members(ROOM)).isEmpty();
            assertThat(divided.members(ROOM)).isEmpty();
        }

        private RedisConfig inDatabase(int db) {
            return settings.withDb(db).withKeyPrefix("divided_");
        }
    }

    private static String socket(int user, int tab) {
        return user + "." + tab;
    }

    private static String member(int user) {
        return "{\"user_id\":" + user + "}";
    }

    private static List<String> members(int users) {
        return IntStream.range(0, users).mapToObj(PresenceNodesIT::member).toList();
    }

    private static void awaitEachOnce(PresenceNode node, String kind, int users) {
        awaitEachOnce(node, kind, IntStream.range(0, users));
    }

    private static void awaitEachOnce(PresenceNode node, String kind, IntStream users) {
        List<String> expected = users.mapToObj(PresenceNodesIT::member).toList();
        await().until(() -> heard(node, kind).size() >= expected.size());
        staysSo(() -> assertThat(heard(node, kind)).containsExactlyInAnyOrderElementsOf(expected));
    }

    private static List<String> heard(PresenceNode node, String kind) {
        return node.trace().lines().stream()
                .filter(line -> line.startsWith(kind))
                .map(line -> line.split(" ", 4)[2])
                .toList();
    }
}
