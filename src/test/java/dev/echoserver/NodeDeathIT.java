package dev.echoserver;

import static dev.echoserver.testing.Cluster.joined;
import static dev.echoserver.testing.Cluster.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.Cluster;
import dev.echoserver.testing.RawClient;
import dev.echoserver.testing.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node that ends without a word leaves no ghosts. */
final class NodeDeathIT {
    private static final Logger log = LoggerFactory.getLogger(NodeDeathIT.class);
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final String ROOM = "presence-ghosts";

    @TempDir
    private Path folder;

    /** The names of {@code count} users, each of whom joins with one socket. */
    private static List<String> join(RunningProgram node, int count) {
        List<RawClient> clients =
                IntStream.range(0, count).mapToObj(i -> Cluster.on(node)).toList();
        List<String> users = IntStream.range(0, count).mapToObj(i -> "u" + i).toList();
        for (int i = 0; i < count; i++) {
            clients.get(i).subscribeAs(users.get(i), ROOM);
        }
        clients.forEach(client -> client.await(packet -> packet.startsWith("42[\"presence:subscribed\"")));
        return users;
    }

    private static void awaitLeaving(RawClient watcher, IntPredicate isEnough) {
        Awaitility.await()
                .atMost(MOST)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> isEnough.test(
                        users(watcher.events(), "presence:leaving").size()));
    }

    @Test
    void theOtherNodeTellsEachLeaveOnce() {
        try (Cluster cluster = Cluster.in(folder, Duration.ZERO)) {
            RunningProgram doomed = cluster.node("doomed");
            RawClient watcher = joined(cluster.node("other"), "watcher", ROOM);
            List<String> members = join(doomed, 500);
            assertThat(users(cluster.eventsUntilNow(ROOM, watcher), "presence:joining"))
                    .containsExactlyInAnyOrderElementsOf(members);

            long start = System.nanoTime();
            doomed.kill();
            awaitLeaving(watcher, count -> count > 0);
            double firstLeave = (System.nanoTime() - start) / 1e9;
            awaitLeaving(watcher, count -> count >= members.size());
            log.info("Killed with 500: first leave={} s all={} s", firstLeave, (System.nanoTime() - start) / 1e9);
            assertThat(users(cluster.eventsUntilNow(ROOM, watcher), "presence:leaving"))
                    .containsExactlyInAnyOrderElementsOf(members);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOST);
            assertThat(cluster.keysWith(ROOM)).isNotEmpty();
            watcher.close();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(cluster.keysWith(ROOM)).isEmpty());
        }
    }

    @Test
    void aSingleNodeThatComesBackClearsItsOwn() {
        try (Cluster cluster = Cluster.in(folder, Duration.ZERO)) {
            RunningProgram node = cluster.node("single");
            List<String> ghosts = join(node, 50);
            node.kill();
            long start = System.nanoTime();
            RunningProgram again = cluster.node("single");
            RawClient fresh = joined(again, "fresh", ROOM);
            List<String> seen = users(fresh.events(), "presence:subscribed").stream()
                    .filter(user -> !user.equals("fresh"))
                    .toList();
            awaitLeaving(fresh, count -> count >= seen.size());
            log.info("Came back: ghosts seen={} gone after={} s", seen.size(), (System.nanoTime() - start) / 1e9);

            assertThat(seen).isSubsetOf(ghosts);
            assertThat(users(cluster.eventsUntilNow(ROOM, fresh), "presence:leaving"))
                    .containsExactlyInAnyOrderElementsOf(seen);
            try (RawClient next = joined(again, "next", ROOM)) {
                assertThat(users(next.events(), "presence:subscribed")).containsExactlyInAnyOrder("fresh", "next");
            }
        }
    }
}
