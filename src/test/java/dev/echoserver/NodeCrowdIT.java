package dev.echoserver;

import static dev.echoserver.testing.Cluster.joined;
import static dev.echoserver.testing.Cluster.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many who come and go at the same moment. */
final class NodeCrowdIT {
    private static final Logger log = LoggerFactory.getLogger(NodeCrowdIT.class);
    private static final String ROOM = "presence-crowd";
    private static final int USERS = 200;
    private static final int SOCKETS_EACH = 3;

    @TempDir
    private Path folder;

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }

    private static List<RawClient> clients(int count, RunningProgram... nodes) {
        return IntStream.range(0, count)
                .mapToObj(i -> Cluster.on(nodes[i % nodes.length]))
                .toList();
    }

    @Test
    void everySocketOfAPresenceChannelKnowsEveryUserOnce() {
        try (Cluster cluster = Cluster.in(folder, Duration.ZERO)) {
            RunningProgram first = cluster.node("first");
            RunningProgram second = cluster.node("second");
            RawClient watcher = joined(second, "watcher", ROOM);
            List<RawClient> crowd = clients(USERS * SOCKETS_EACH, first, second);
            for (int i = 0; i < crowd.size(); i++) {
                crowd.get(i).subscribeAs("u" + i % USERS, ROOM);
            }
            List<String> everybody = Stream.concat(
                            Stream.of("watcher"), IntStream.range(0, USERS).mapToObj(i -> "u" + i))
                    .toList();
            await().until(() ->
                    crowd.stream().allMatch(client -> known(client.events()).size() >= everybody.size()));
            assertThat(crowd)
                    .allSatisfy(client -> assertThat(known(cluster.eventsUntilNow(ROOM, client)))
                            .containsExactlyInAnyOrderElementsOf(everybody));
            assertThat(known(watcher.events())).containsExactlyInAnyOrderElementsOf(everybody);

            leaveAtOnce(crowd);
            await().until(() -> users(watcher.events(), "presence:leaving").size() >= USERS);
            List<String> left = users(cluster.eventsUntilNow(ROOM, watcher), "presence:leaving");
            assertThat(left).containsExactlyInAnyOrderElementsOf(everybody.subList(1, everybody.size()));
            watcher.close();
            await().untilAsserted(() -> assertThat(cluster.keysWith(ROOM)).isEmpty());
        }
    }

    private static List<String> known(List<String> events) {
        List<String> known = new ArrayList<>(users(events, "presence:subscribed"));
        known.addAll(users(events, "presence:joining"));
        return known;
    }

    /** Half of them say so, half are just gone. */
    private static void leaveAtOnce(List<RawClient> crowd) {
        for (int i = 0; i < crowd.size(); i++) {
            if (i / USERS % 2 == 0) {
                crowd.get(i).close();
            } else {
                crowd.get(i).unsubscribe(ROOM);
            }
        }
    }

    @Test
    void aSlowApplicationIsAskedByNoMoreThanItAllowsAndRefusesNobody() {
        List<String> channels =
                IntStream.range(0, 5).mapToObj(i -> "private-c" + i).toList();
        try (Cluster cluster = Cluster.in(folder, Duration.ofMillis(20))) {
            List<RawClient> crowd = clients(1_000, cluster.node("only", "{\"authConcurrency\":8}"));
            long start = System.nanoTime();
            crowd.forEach(client -> channels.forEach(channel -> client.subscribeAs("u", channel)));
            int questions = crowd.size() * channels.size();
            await().until(() -> cluster.application().questionCount() >= questions);
            log.info(
                    "Asked: questions={} open at worst={} seconds={}",
                    questions,
                    cluster.application().mostOpen(),
                    (System.nanoTime() - start) / 1e9);
            await().until(() -> {
                channels.forEach(channel -> cluster.publish(channel, "probe", "null"));
                return crowd.stream()
                        .allMatch(client -> channels.stream()
                                .allMatch(channel -> client.events().contains("[\"probe\",\"" + channel + "\",1]")));
            });
            assertThat(cluster.application().questionCount()).isEqualTo(questions);
            assertThat(cluster.application().mostOpen()).isBetween(1, 8);
            assertThat(crowd)
                    .allSatisfy(client -> assertThat(client.events())
                            .noneMatch(event -> event.startsWith("[\"subscription_error\"")));
        }
    }
}
