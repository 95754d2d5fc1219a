package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.config.HostPort;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.testing.CapturedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Cluster of three masters. */
final class RedisClusterIT {
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(RedisClusterIT.class);
    private static final Duration SILENCE = Duration.ofSeconds(8);
    private static final Duration ELECTION = Duration.ofSeconds(30);
    private static final PresenceChannel ROOM = new PresenceChannel("presence-r");
    private static final String ANN = "{\"user_id\":1}";

    @TempDir
    Path folder;

    private RedisServers servers;

    @BeforeEach
    void prepare() {
        servers = new RedisServers(folder);
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    private List<RedisServers.Node> cluster(int replicas) {
        return servers.startCluster(3, replicas);
    }

    @Test
    void servesAllThatTheServerDoesFromOneKnownNodeToAUserWithThePermissionsThatTheLogNames() {
        List<RedisServers.Node> nodes = cluster(0);
        RedisConfig settings = settings(nodes.subList(0, 1)).withCredentials(Optional.of("echo"), "secret");
        nodes.forEach(node -> servers.allow(node, settings));

        TopologyChecks.everythingWorks(settings);
    }

    @Test
    void isReachedOverTlsThroughATranslationOfItsAddresses() {
        Certificates certificates = new Certificates(folder);
        certificates.issue("redis", "IP:" + RedisServers.HOST);
        Map<HostPort, HostPort> hidden = servers.startHiddenCluster(certificates);
        RedisPlace known =
                new RedisPlace.Cluster(hidden.values().stream().limit(1).toList());

        TopologyChecks.everythingWorks(RedisConfig.of(known)
                .withKeyPrefix("app_")
                .withTls(certificates.trusted())
                .withNatMap(hidden));
    }

    @Test
    void theDeathOfTheNodeThatIsSubscribedToIsSurvived() {
        List<RedisServers.Node> nodes = cluster(0);
        RedisConfig settings = settings(nodes);
        try (SourceUnderTest source = SourceUnderTest.open(settings)) {
            RedisServers.Node subscribed = nodes.stream()
                    .filter(node -> servers.run(node, "client", "list", "type", "pubsub")
                            .contains("psub=1"))
                    .findFirst()
                    .orElseThrow();

            subscribed.program().kill();

            RedisServers.Node other = nodes.get((nodes.indexOf(subscribed) + 1) % 3);
            await().atMost(RECOVERY).until(source::isListening);
            servers.run(other, "publish", "app_news", "{\"event\":\"e\",\"data\":1,\"socket\":null}");
            source.awaitTrace("news 1");
        }
    }

    /** For longer than it takes to give an attempt to connect up, which is when Lettuce and Netty had much to say. */
    @Test
    void aMasterThatDiesWithoutAReplicaIsNamedInOneLine() {
        List<RedisServers.Node> nodes = cluster(0);
        RedisConfig settings = settings(nodes);
        try (CapturedLog everybody = CapturedLog.ofEverybody();
                PresenceNode node = PresenceNode.open(settings, Duration.ofSeconds(1))) {
            RedisServers.Node dead = nodes.get(0);
            dead.program().kill();

            await().during(SILENCE).atMost(SILENCE.plusSeconds(5)).untilAsserted(() -> {
                assertThat(everybody.traces()).isEmpty();
                assertThat(everybody.lines(Level.ERROR)).isEmpty();
                assertThat(ofPresence(everybody)).hasSizeLessThan(2);
            });
            log.info("Lines with a dead node: {}", everybody.lines(Level.WARN));
            assertThat(ofPresence(everybody))
                    .singleElement()
                    .asString()
                    .contains("node " + dead.at(), "hash slots", "nobody can join a presence channel");
            assertThat(everybody.lines(Level.WARN)).hasSizeLessThan(3);
            assertThat(node.link().explain(new IOException("closed"))).contains("node " + dead.at());
        }
    }

    private static List<String> ofPresence(CapturedLog log) {
        return log.lines(Level.WARN).stream()
                .filter(line -> line.startsWith("No connection to Redis for presence"))
                .toList();
    }

    @Test
    @SuppressWarnings("try") // It only has to try to connect.
    void aMasterThatAsksForAnotherPasswordIsNamedInOneLine() {
        List<RedisServers.Node> nodes = cluster(0);
        nodes.subList(0, 2).forEach(node -> servers.run(node, "config", "set", "requirepass", "data"));
        servers.run(nodes.get(2), "config", "set", "requirepass", "other");
        RedisConfig settings = settings(nodes.subList(0, 2)).withCredentials(Optional.empty(), "data");
        try (CapturedLog everybody = CapturedLog.ofEverybody();
                PresenceNode unused = PresenceNode.openWithoutWaiting(settings)) {
            await().until(() -> !ofPresence(everybody).isEmpty());

            assertThat(ofPresence(everybody))
                    .singleElement()
                    .asString()
                    .contains("node " + nodes.get(2).at(), "WRONGPASS", "databaseConfig.redis.password");
            assertThat(everybody.traces()).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("try") // It only has to try to connect.
    void withoutSlotsIsSaidToBeSo() {
        RedisServers.Node node = servers.startNodeWithoutSlots();
        try (CapturedLog lines = CapturedLog.of(RedisLink.class);
                PresenceNode unused = PresenceNode.openWithoutWaiting(settings(List.of(node)))) {
            await().until(() -> !lines.lines(Level.WARN).isEmpty());
            assertThat(lines.lines(Level.WARN)).singleElement().asString().contains("16384 hash slots", "--cluster");
        }
    }

    @Test
    void membersSurviveTheDeathOfAMaster() {
        List<RedisServers.Node> nodes = cluster(1);
        RedisConfig settings = settings(nodes);
        try (PresenceNode node = PresenceNode.open(settings)) {
            node.join(ROOM, "1.1", ANN);

            nodes.get(0).program().kill();

            await().atMost(ELECTION)
                    .until(() -> servers.run(nodes.get(1), "cluster", "info").contains("cluster_size:3"));
            await().atMost(ELECTION)
                    .untilAsserted(
                            () -> assertThat(node.membersIfReachable(ROOM)).containsExactly(ANN));
        }
    }

    @Test
    void aNodeThatIsTakenForALoneServerSaysWhatToWrite() {
        List<RedisServers.Node> nodes = cluster(0);
        RedisServers.Node first = nodes.get(0);
        try (CapturedLog log = CapturedLog.of(NodeLife.class);
                RedisLink link = new RedisLink(first.settings())) {
            List<String> failures = new CopyOnWriteArrayList<>();
            link.open();
            await().until(link::isConnected);
            for (int n = 0; n < 10; n++) {
                byte[] key = ("key" + n).getBytes(UTF_8);
                PresenceNode.done(link.send(redis -> redis.scard(key)).exceptionally(failure -> {
                    failures.add(String.valueOf(failure.getMessage()));
                    return 0L;
                }));
            }
            assertThat(failures).isNotEmpty().allMatch(text -> text.contains("\"cluster\": true"));
            assertThat(log.lines(Level.ERROR)).isEmpty();
        }
    }

    private static RedisConfig settings(List<RedisServers.Node> nodes) {
        return RedisConfig.of(new RedisPlace.Cluster(
                        nodes.stream().map(RedisServers.Node::at).toList()))
                .withKeyPrefix("app_");
    }
}
