package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.presence.PresenceException;
import dev.echoserver.testing.CapturedLog;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens to presence while Redis, or the way to it, is not well. */
final class PresenceInterruptionsIT extends NodesOnOneRedis {

    @Test
    void longerThanTheExpiryAreHealedWhenTheNodeIsBack() {
        StallingProxy network = opened(new StallingProxy(settings));
        PresenceNode stays = node();
        PresenceNode away = opened(PresenceNode.open(network.settings()));
        away.join(ROOM, "1.1", ANN);
        int refreshes = away.trace().refreshes();

        network.stall();
        await().atMost(HEALING)
                .untilAsserted(() -> assertThat(stays.members(ROOM)).isEmpty());
        stays.join(ROOM, "2.1", BOB);
        network.flow();

        await().atMost(HEALING).untilAsserted(() -> {
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
        StallingProxy network = opened(new StallingProxy(settings));
        PresenceNode blinks = opened(PresenceNode.open(network.settings()));
        blinks.join(ROOM, "1.1", ANN);
        blinks.join(ROOM, "1.2", BOB);

        network.stall();
        network.cut();
        await().until(() -> !blinks.store().isReady());
        assertThatThrownBy(() -> blinks.leave(ROOM, "1.2")).hasCauseInstanceOf(PresenceException.class);
        network.flow();

        await().atMost(HEALING)
                .untilAsserted(() -> assertThat(stays.membersIfReachable(ROOM)).containsExactly(ANN));
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

        await().atMost(HEALING).untilAsserted(() -> {
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

    @Test
    void byARedisThatWasFullBetweenTwoBeatsAreHealed() {
        PresenceNode node = opened(PresenceNode.open(settings, Duration.ofSeconds(5)));
        commander.sync().configSet("maxmemory", "1");
        assertThatThrownBy(() -> node.join(ROOM, "1.1", ANN)).hasMessageContaining("OOM");

        commander.sync().configSet("maxmemory", "0");

        await().untilAsserted(() -> assertThat(node.members(ROOM)).containsExactly(ANN));
    }

    @Test
    void byAReplicaAreToldOnceAndDoNotHammerIt() {
        try (CapturedLog log = CapturedLog.of(RedisLink.class)) {
            PresenceNode node = node();
            node.join(ROOM, "1.1", ANN);
            long before = connections();
            commander.sync().replicaof("127.0.0.1", 1);
            await().during(Duration.ofSeconds(4))
                    .until(() -> log.lines(Level.WARN).size() <= 1);
            assertThat(connections() - before).isLessThan(12);
            assertThat(log.lines(Level.WARN)).singleElement().asString().contains("READONLY", "to the master");

            commander.sync().replicaofNoOne();

            await().until(() -> log.lines(Level.INFO).size() == 1);
            await().untilAsserted(() -> assertThat(node.members(ROOM)).containsExactly(ANN));
        }
    }

    private long connections() {
        return commander
                .sync()
                .info("stats")
                .lines()
                .filter(line -> line.startsWith("total_connections_received:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    @Test
    void byMissingPermissionsEndWithTheCommandThatTheMessageNames() {
        commander.run("ACL SETUSER echo on >secret resetchannels -@all");
        RedisConfig restricted = settings.withCredentials(Optional.of("echo"), "secret");
        String cure =
                RedisFailure.of(new RedisCommandExecutionException("NOPERM")).cure(restricted);

        commander.run(cure.substring(cure.indexOf("ACL SETUSER")));

        PresenceNode node = opened(PresenceNode.open(restricted, new LaravelView(true, true)));
        node.join(ROOM, "1.1", ANN);
        node.leave(ROOM, "1.1");
        node.trace().awaitLines("joining presence-r " + ANN + " by 1.1", "leaving presence-r " + ANN);
    }

    @Test
    void byARedisThatHangsLetOnlySoManyCommandsWait() {
        StallingProxy network = opened(new StallingProxy(settings));
        RedisLink link = opened(new RedisLink(new RedisConnector(network.settings(), Duration.ofSeconds(20)), 100));
        link.open();
        await().until(link::isConnected);
        network.stall();
        List<CompletionStage<String>> waiting = IntStream.range(0, 100)
                .mapToObj(n -> link.send(RedisClusterAsyncCommands::ping))
                .toList();

        assertThat(link.send(RedisClusterAsyncCommands::ping).toCompletableFuture())
                .isCompletedExceptionally();
        network.flow();

        assertThat(waiting)
                .allSatisfy(pong -> assertThat(PresenceNode.done(pong)).isEqualTo("PONG"));
        String afterwards = PresenceNode.done(link.send(RedisClusterAsyncCommands::ping));
        assertThat(afterwards).isEqualTo("PONG");
    }
}
