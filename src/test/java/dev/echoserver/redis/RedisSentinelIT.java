package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.config.HostPort;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisLogin;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.testing.CapturedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master with a replica, watched by three Sentinels, all with passwords. */
final class RedisSentinelIT {
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration ELECTION = Duration.ofSeconds(30);
    private static final PresenceChannel ROOM = new PresenceChannel("presence-r");
    private static final String ANN = "{\"user_id\":1}";

    @TempDir
    Path folder;

    private RedisServers servers;
    private RedisServers.Node master;
    private RedisServers.Node replica;
    private final List<RedisServers.Node> sentinels = new ArrayList<>();

    @BeforeEach
    void start() {
        servers = new RedisServers(folder);
        master = servers.start("--requirepass", "data", "--masterauth", "data");
        replica = servers.start(
                "--requirepass",
                "data",
                "--masterauth",
                "data",
                "--replicaof",
                RedisServers.HOST + " " + master.at().port());
        servers.awaitAnswer(replica, "master_link_status:up", "-a", "data", "info", "replication");
        for (int i = 0; i < 3; i++) {
            sentinels.add(servers.startSentinel(
                    "requirepass watch",
                    "sentinel sentinel-pass watch",
                    "sentinel monitor shop " + RedisServers.HOST + " "
                            + master.at().port() + " 2",
                    "sentinel auth-pass shop data",
                    "sentinel down-after-milliseconds shop 500",
                    "sentinel failover-timeout shop 5000"));
        }
        for (RedisServers.Node sentinel : sentinels) {
            awaitMaster(sentinel, "num-other-sentinels\n2");
            awaitMaster(sentinel, "num-slaves\n1");
        }
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void isFoundThroughAnyOfThem() {
        sentinels.get(0).program().kill();

        TopologyChecks.everythingWorks(settings("watch"));
    }

    @Test
    void aFailoverIsFollowed() {
        try (SourceUnderTest source = SourceUnderTest.open(settings("watch"));
                PresenceNode node = PresenceNode.open(settings("watch"))) {
            node.join(ROOM, "1.1", ANN);

            master.program().kill();
            await().atMost(ELECTION)
                    .until(() -> servers.run(replica, "-a", "data", "role").startsWith("Warning")
                            && servers.run(replica, "-a", "data", "role").contains("master"));

            await().atMost(RECOVERY).until(source::isListening);
            RedisPublisher.publish(settings("watch"), "news", RedisCommander.envelope(1));
            source.awaitTrace("news 1");
            await().atMost(RECOVERY)
                    .untilAsserted(
                            () -> assertThat(node.membersIfReachable(ROOM)).containsExactly(ANN));
        }
    }

    @Test
    void aWrongPasswordOrNameOfTheMasterIsSaid() {
        assertThat(warning(settings("wrong"))).contains("WRONGPASS", ".sentinelPassword");
        RedisPlace.Sentinels place = (RedisPlace.Sentinels) settings("watch").place();
        assertThat(warning(settings("watch")
                        .withPlace(new RedisPlace.Sentinels(place.at(), "shpo", place.login(), place.tls()))))
                .contains("shpo", "databaseConfig.redis.name");
    }

    private static String warning(RedisConfig settings) {
        try (CapturedLog log = CapturedLog.of(RedisSubscription.class);
                SourceUnderTest source = SourceUnderTest.openWithoutWaiting(settings)) {
            await().until(() -> !log.lines(Level.WARN).isEmpty());
            assertThat(source.isListening()).isFalse();
            return log.lines(Level.WARN).get(0);
        }
    }

    private void awaitMaster(RedisServers.Node sentinel, String text) {
        servers.awaitAnswer(sentinel, text, "-a", "watch", "sentinel", "master", "shop");
    }

    private RedisConfig settings(String password) {
        List<HostPort> at = sentinels.stream().map(RedisServers.Node::at).toList();
        RedisLogin login = new RedisLogin(Optional.empty(), Optional.of(password));
        return RedisConfig.of(new RedisPlace.Sentinels(at, "shop", login, Optional.empty()))
                .withCredentials(Optional.empty(), "data")
                .withKeyPrefix("app_");
    }
}
