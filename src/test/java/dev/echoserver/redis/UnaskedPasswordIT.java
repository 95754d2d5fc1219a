package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.echoserver.config.HostPort;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisLogin;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.testing.CapturedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password is set, and Redis asks for none. */
final class UnaskedPasswordIT {
    private static final String WARNING = "Redis asks for no password, so the one that is set is left out: ";

    @TempDir
    private Path folder;

    private final CapturedLog log = CapturedLog.of(Entrance.class);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    private static RedisConfig withPassword(RedisConfig settings) {
        return settings.withCredentials(Optional.empty(), "null");
    }

    private void assertThatItIsTold(String key) {
        assertThat(log.lines(Level.WARN))
                .anyMatch(
                        line -> line.startsWith(WARNING) && line.contains("remove databaseConfig.redis." + key + ","));
    }

    @Test
    void ofAServerIsLeftOutUntilItIsAskedFor() {
        try (RedisServers servers = new RedisServers(folder)) {
            RedisServers.Node redis = servers.start();
            try (CapturedLog subscription = CapturedLog.of(RedisSubscription.class);
                    SourceUnderTest source = SourceUnderTest.open(withPassword(redis.settings()))) {
                assertThatItIsTold("password");
                assertThat(log.lines(Level.WARN)).hasSize(1);

                servers.run(redis, "config", "set", "requirepass", "null");
                servers.run(redis, "-a", "null", "client", "kill", "type", "pubsub");
                await().untilAsserted(() -> assertThat(subscription.lines(Level.INFO))
                        .anyMatch(line -> line.startsWith("Listening to Redis again")));
                assertThat(source.isListening()).isTrue();
                assertThat(log.lines(Level.WARN)).hasSize(1);
            }
        }
    }

    @Test
    void ofAClusterIsLeftOut() {
        try (RedisServers servers = new RedisServers(folder)) {
            List<RedisServers.Node> nodes = servers.startCluster(3, 0);
            RedisConfig settings = RedisConfig.of(new RedisPlace.Cluster(
                    nodes.stream().map(RedisServers.Node::at).toList()));

            TopologyChecks.everythingWorks(withPassword(settings));
        }
        assertThatItIsTold("password");
    }

    @Test
    void ofSentinelsAndTheirMasterIsLeftOut() {
        try (RedisServers servers = new RedisServers(folder)) {
            HostPort master = servers.start().at();
            RedisServers.Node sentinel =
                    servers.startSentinel("sentinel monitor shop " + RedisServers.HOST + " " + master.port() + " 1");
            servers.awaitAnswer(sentinel, "" + master.port(), "sentinel", "get-master-addr-by-name", "shop");
            RedisLogin login = new RedisLogin(Optional.empty(), Optional.of("null"));

            TopologyChecks.everythingWorks(withPassword(
                    RedisConfig.of(new RedisPlace.Sentinels(List.of(sentinel.at()), "shop", login, Optional.empty()))));
        }
        assertThatItIsTold("password");
        assertThatItIsTold("sentinelPassword");
    }
}
