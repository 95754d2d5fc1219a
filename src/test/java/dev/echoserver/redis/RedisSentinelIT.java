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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sentinels that watch a master. */
final class RedisSentinelIT {
    private static final Logger log = LoggerFactory.getLogger(RedisSentinelIT.class);
    private static final Duration ELECTION = Duration.ofSeconds(30);
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

    /** With one Sentinel dead, and no more permissions at the others than the README names. */
    @Test
    void tellOfAPlannedFailoverSoThatNextToNothingIsLost() {
        try (WatchedMaster watched = WatchedMaster.start(folder);
                CapturedLog lines = CapturedLog.of(RedisSubscription.class);
                CapturedLog everybody = CapturedLog.ofEverybody()) {
            watched.killFirstSentinel();
            RedisConfig settings = watched.settings(WatchedMaster.ECHO);
            try (SourceUnderTest source = SourceUnderTest.open(settings);
                    SteadyPublisher laravel = SteadyPublisher.start(settings, "news")) {
                await().until(() -> source.trace().size() > 20);
                watched.switchOver();
                await().atMost(ELECTION)
                        .until(() -> lines.lines(Level.INFO).stream().anyMatch(line -> line.contains("new master")));
                int end = laravel.last() + 100;
                await().until(() -> source.trace().stream().anyMatch(line -> numberOf(line) > end));

                List<String> arrived = source.trace();
                Duration lost = laravel.lost(arrived, end);
                log.info(
                        "Planned failover: published={} arrived={} lostMillis={} said={}",
                        laravel.count(end),
                        arrived.stream().filter(line -> numberOf(line) < end).count(),
                        lost.toMillis(),
                        lines.lines(Level.INFO));
                assertThat(lost).isLessThan(Duration.ofMillis(1500));
                assertThat(arrived).doesNotHaveDuplicates();
                assertThat(lines.lines(Level.WARN)).isEmpty();
                assertThat(everybody.traces()).isEmpty();
            }
        }
    }

    private static int numberOf(String line) {
        return Integer.parseInt(line.replace("news ", ""));
    }

    @Test
    void thatMayNotBeListenedToAreNamedWithThePermissionThatIsMissing() {
        try (WatchedMaster watched = WatchedMaster.start(folder);
                CapturedLog lines = CapturedLog.of(SentinelConnections.class)) {
            watched.forbidToListen();
            try (SourceUnderTest source = SourceUnderTest.open(watched.settings(WatchedMaster.ECHO))) {
                await().until(() -> !lines.lines(Level.WARN).isEmpty());
                assertThat(lines.lines(Level.WARN))
                        .singleElement()
                        .asString()
                        .contains("ACL SETUSER echo +subscribe", "&+switch-master");
                assertThat(source.isListening()).isTrue();
            }
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
            publishOnceEverySentinelKnowsTheMaster(settings);
            source.awaitTrace("news 1");
            await().atMost(RECOVERY)
                    .untilAsserted(
                            () -> assertThat(node.membersIfReachable(ROOM)).containsExactly(ANN));
        }
    }

    private static void publishOnceEverySentinelKnowsTheMaster(RedisConfig settings) {
        await().atMost(RECOVERY)
                .ignoreExceptionsInstanceOf(RedisUnavailableException.class)
                .until(() -> {
                    RedisPublisher.publish(settings, "news", RedisCommander.envelope(1));
                    return true;
                });
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
