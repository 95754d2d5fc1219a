package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.echoserver.broadcast.DropReason;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.presence.PresenceException;
import dev.echoserver.testing.RedisFixture;
import io.lettuce.core.KillArgs;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Several nodes on one Redis of their own, all of them in this process. */
final class PresenceNodesIT {
    private static final PresenceChannel ROOM = new PresenceChannel("presence-r");
    private static final String PREFIX = "app_";
    private static final String ANN = "{\"user_id\":1,\"user_info\":{\"name\":\"Ann\"}}";
    private static final String BOB = "{\"user_id\":\"b\",\"user_info\":{\"n\":9007199254740993,\"s\":\"\\u00e9\\/\"}}";

    private LocalRedis redis;
    private RedisConfig settings;
    private RedisCommander commander;
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void startRedis() {
        redis = RedisFixture.local();
        settings = redis.settings().withKeyPrefix(PREFIX);
        commander = new RedisCommander(redis.settings());
    }

    @AfterEach
    void stopRedis() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        commander.close();
        redis.close();
    }

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

            await().atMost(Duration.ofSeconds(8))
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
            await().atMost(Duration.ofSeconds(8))
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
    final class Interruptions {

        @Test
        void longerThanTheExpiryAreHealedWhenTheNodeIsBack() {
            StallingProxy network = opened(new StallingProxy(settings));
            PresenceNode stays = node();
            PresenceNode away = opened(PresenceNode.open(network.settings()));
            away.join(ROOM, "1.1", ANN);
            int refreshes = away.trace().refreshes();

            network.stall();
            await().atMost(Duration.ofSeconds(8))
                    .untilAsserted(() -> assertThat(stays.members(ROOM)).isEmpty());
            stays.join(ROOM, "2.1", BOB);
            network.flow();

            await().atMost(Duration.ofSeconds(8)).untilAsserted(() -> {
                assertThat(stays.members(ROOM)).containsExactlyInAnyOrder(ANN, BOB);
                assertThat(away.membersIfReachable(ROOM)).containsExactlyInAnyOrder(ANN, BOB);
                assertThat(away.trace().refreshes()).isGreaterThan(refreshes);
            });
            staysSo(() -> assertThat(stays.members(ROOM)).containsExactlyInAnyOrder(ANN, BOB));
            assertThat(stays.trace().lines())
                    .startsWith(
                            "joining presence-r " + ANN + " by 1.1",
                            "leaving presence-r " + ANN,
                            "joining presence-r " + BOB + " by 2.1")
                    .endsWith("joining presence-r " + ANN + " by 1.1");
        }

        @Test
        void shorterThanThatAreNotNoticedByTheOthersButForWhoLeftMeanwhile() {
            PresenceNode stays = node();
            PresenceNode blinks = node();
            blinks.join(ROOM, "1.1", ANN);
            blinks.join(ROOM, "1.2", BOB);

            commander.sync().clientKill(KillArgs.Builder.skipme());
            await().until(() -> !blinks.store().isReady());
            assertThatThrownBy(() -> blinks.leave(ROOM, "1.2")).hasCauseInstanceOf(PresenceException.class);

            await().atMost(Duration.ofSeconds(8))
                    .untilAsserted(
                            () -> assertThat(stays.membersIfReachable(ROOM)).containsExactly(ANN));
            staysSo(() -> assertThat(stays.members(ROOM)).containsExactly(ANN));
            assertThat(stays.trace().lines())
                    .doesNotContain("leaving presence-r " + ANN)
                    .containsOnlyOnce("joining presence-r " + ANN + " by 1.1");
        }

        @Test
        void byARedisThatForgotEverythingAreHealed() {
            PresenceNode one = node();
            PresenceNode other = node();
            one.join(ROOM, "1.1", ANN);
            other.join(ROOM, "2.1", BOB);

            commander.sync().flushall();

            await().untilAsserted(() -> assertThat(one.members(ROOM)).containsExactlyInAnyOrder(ANN, BOB));
            staysSo(() -> assertThat(other.members(ROOM)).containsExactlyInAnyOrder(ANN, BOB));
        }

        @Test
        void ofRedisItselfMakeCallsFailAtOnceAndAreHealed() {
            PresenceNode one = node();
            PresenceNode other = node();
            one.join(ROOM, "1.1", ANN);
            other.join(ROOM, "2.1", BOB);
            redis.kill();
            await().until(() -> !one.store().isReady());

            long before = System.nanoTime();
            assertThatThrownBy(() -> one.join(ROOM, "1.2", ANN))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(PresenceException.class)
                    .hasMessageContaining(settings.address())
                    .hasMessageContaining("databaseConfig.redis");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(500));
            redis.restart();

            await().atMost(Duration.ofSeconds(8)).untilAsserted(() -> {
                assertThat(one.membersIfReachable(ROOM)).containsExactlyInAnyOrder(ANN, BOB);
                assertThat(other.membersIfReachable(ROOM)).containsExactlyInAnyOrder(ANN, BOB);
            });
        }

        @Test
        void ofTheSubscriptionAloneAskForARefresh() {
            PresenceNode node = node();
            int refreshes = node.trace().refreshes();

            commander.sync().clientKill(KillArgs.Builder.typePubsub());

            await().until(() -> node.trace().refreshes() == refreshes + 1);
        }

        @Test
        void ofTheScriptCacheGoUnnoticed() {
            PresenceNode node = node();
            node.join(ROOM, "1.1", ANN);
            commander.sync().scriptFlush();

            assertThat(node.join(ROOM, "1.2", BOB).members()).hasSize(2);
            node.leave(ROOM, "1.1");

            assertThat(node.members(ROOM)).containsExactly(BOB);
        }

        @Test
        void byAFullRedisRefuseJoinsButNoLeaves() {
            PresenceNode node = node();
            node.join(ROOM, "1.1", ANN);
            node.join(ROOM, "1.2", BOB);
            commander.sync().configSet("maxmemory", "1");

            assertThatThrownBy(() -> node.join(ROOM, "1.3", "{\"user_id\":3}"))
                    .hasCauseInstanceOf(PresenceException.class)
                    .hasMessageContaining("OOM");
            node.leave(ROOM, "1.1");

            assertThat(node.members(ROOM)).containsExactly(BOB);
            node.trace()
                    .awaitLines(
                            "joining presence-r " + ANN + " by 1.1",
                            "joining presence-r " + BOB + " by 1.2",
                            "leaving presence-r " + ANN);
        }
    }

    @Nested
    final class LaravelsView {
        private static final String LIST = "[{\"user_id\":1,\"user_info\":{\"name\":\"Ann\"},\"socketId\":\"1.2\"},"
                + "{\"user_id\":\"b\",\"user_info\":{\"n\":9007199254740993,\"s\":\"\\u00e9\\/\"},\"socketId\":\"1.1\"},"
                + "{\"user_id\":1,\"user_info\":{\"name\":\"Ann\"},\"socketId\":\"1.3\"}]";

        @Test
        void isToldOncePerChange() {
            Queue<String> heard = updates();
            PresenceNode node = opened(PresenceNode.open(settings, new LaravelView(true, false)));

            node.join(ROOM, "1.2", ANN);
            node.join(ROOM, "1.1", BOB);
            node.join(ROOM, "1.3", ANN);
            node.join(ROOM, "1.3", ANN);
            node.leave(ROOM, "1.9");
            node.leave(ROOM, "1.2");
            node.leave(ROOM, "1.1");
            node.leave(ROOM, "1.3");
            node.leave(ROOM, "1.3");

            await().until(() -> heard.size() >= 6);
            staysSo(() -> assertThat(heard).hasSize(6));
            assertThat(heard)
                    .element(2)
                    .isEqualTo("{\"event\":{\"channel\":\"presence-r:members\",\"members\":" + LIST + "}}");
            assertThat(heard).last().isEqualTo("{\"event\":{\"channel\":\"presence-r:members\",\"members\":[]}}");
        }

        @Test
        void isNotToldUnlessAskedTo() {
            Queue<String> heard = updates();
            PresenceNode node = node();
            node.join(ROOM, "1.1", ANN);

            staysSo(() -> assertThat(heard).isEmpty());
            assertThat(keys()).doesNotContain("app_presence-r:members");
        }

        @Test
        void isKeptUnderTheKeyOfLaravelEchoServer() {
            PresenceNode node = opened(PresenceNode.open(settings, new LaravelView(false, true)));
            node.join(ROOM, "1.2", ANN);
            node.join(ROOM, "1.1", BOB);
            node.join(ROOM, "1.3", ANN);
            assertThat(list()).isEqualTo(LIST);

            node.leave(ROOM, "1.2");
            node.leave(ROOM, "1.1");
            node.leave(ROOM, "1.3");

            assertThat(list()).isEqualTo("[]");
        }

        private String list() {
            return new String(commander.sync().get("app_presence-r:members".getBytes(UTF_8)), UTF_8);
        }

        private Queue<String> updates() {
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            RedisConnector connector = opened(new RedisConnector(redis.settings(), Duration.ofSeconds(5)));
            var connection = PresenceNode.done(connector.connectPubSub());
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(byte[] channel, byte[] payload) {
                    heard.add(new String(payload, UTF_8));
                }
            });
            connection.sync().subscribe("PresenceChannelUpdated".getBytes(UTF_8));
            return heard;
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
                "[\"joining\",\"presence-r\",\"1.1\",1,{}]",
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
            return new RedisConfig(
                    settings.host(),
                    settings.port(),
                    settings.username(),
                    settings.password(),
                    db,
                    settings.path(),
                    "divided_");
        }
    }

    private PresenceNode node() {
        return opened(PresenceNode.open(settings));
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        opened.add(0, closeable);
        return closeable;
    }

    private List<String> keys() {
        return commander.sync().keys("*".getBytes(UTF_8)).stream()
                .map(key -> new String(key, UTF_8))
                .toList();
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

    /** Longer than a dead node needs to be noticed would be better, but this is on every path. */
    private static void staysSo(org.awaitility.core.ThrowingRunnable assertion) {
        await().during(Duration.ofMillis(300)).untilAsserted(assertion);
    }
}
