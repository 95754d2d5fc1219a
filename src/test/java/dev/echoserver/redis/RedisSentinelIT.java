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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sentinels that watch a master. */
final class RedisSentinelIT {
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final PresenceChannel ROOM = new PresenceChannel("presence-r");
    private static final String ANN = "{\"user_id\":1}";

    @TempDir
    Path folder;

    @Test
    void leadToItThroughAnyOfThem() {
        try (WatchedMaster watched = WatchedMaster.start(folder)) {
            watched.killFirstSentinel();

            TopologyChecks.everythingWorks(watched.settings(WatchedMaster.ANYBODY));
        }
    }

    @Test
    void areFollowedInAFailover() {
        try (WatchedMaster watched = WatchedMaster.start(folder)) {
            aFailoverIsFollowed(watched, watched.settings(WatchedMaster.ANYBODY));
        }
    }

    @Test
    void mayAskForTlsAndForAUserOfTheirOwn() {
        Certificates certificates = new Certificates(folder);
        certificates.issue("redis", "IP:" + RedisServers.HOST);
        try (WatchedMaster watched = WatchedMaster.startTls(folder, certificates)) {
            RedisConfig settings = watched.settings(WatchedMaster.ECHO);

            TopologyChecks.everythingWorks(settings);
            aFailoverIsFollowed(watched, settings);
        }
    }

    @Test
    void mayNameAnAddressThatIsToBeTranslated() {
        try (RedisServers servers = new RedisServers(folder)) {
            HostPort real = servers.start().at();
            HostPort named = RedisServers.closed();
            HostPort sentinel = servers.startSentinel(
                            "sentinel monitor shop " + named.host() + " " + named.port() + " 2")
                    .at();
            RedisPlace place = new RedisPlace.Sentinels(List.of(sentinel), "shop", RedisLogin.NONE, Optional.empty());

            TopologyChecks.everythingWorks(RedisConfig.of(place).withNatMap(Map.of(named, real)));
        }
    }

    private static void aFailoverIsFollowed(WatchedMaster watched, RedisConfig settings) {
        try (SourceUnderTest source = SourceUnderTest.open(settings);
                PresenceNode node = PresenceNode.open(settings)) {
            node.join(ROOM, "1.1", ANN);

            watched.failOver();

            await().atMost(RECOVERY).until(source::isListening);
            RedisPublisher.publish(settings, "news", RedisCommander.envelope(1));
            source.awaitTrace("news 1");
            await().atMost(RECOVERY)
                    .untilAsserted(
                            () -> assertThat(node.membersIfReachable(ROOM)).containsExactly(ANN));
        }
    }

    @Test
    void rejectAWrongPasswordOrNameOfTheMasterInOneLine() {
        try (WatchedMaster watched = WatchedMaster.start(folder)) {
            RedisConfig right = watched.settings(WatchedMaster.ANYBODY);
            RedisConfig wrong = watched.settings(new RedisLogin(Optional.empty(), Optional.of("wrong")));
            RedisPlace.Sentinels place = (RedisPlace.Sentinels) right.place();

            assertThat(warning(wrong)).contains("WRONGPASS", ".sentinelPassword");
            assertThat(warning(
                            right.withPlace(new RedisPlace.Sentinels(place.at(), "shpo", place.login(), place.tls()))))
                    .contains("shpo", "databaseConfig.redis.name");
        }
    }

    private static String warning(RedisConfig settings) {
        try (CapturedLog log = CapturedLog.of(RedisSubscription.class);
                SourceUnderTest source = SourceUnderTest.openWithoutWaiting(settings)) {
            await().until(() -> !log.lines(Level.WARN).isEmpty());
            assertThat(source.isListening()).isFalse();
            return log.lines(Level.WARN).get(0);
        }
    }
}
