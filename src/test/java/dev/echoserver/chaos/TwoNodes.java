package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.testing.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionFactory;

/** Two nodes on a Redis of their own, of which one or the other ends without a word and comes back. */
final class TwoNodes implements AutoCloseable {
    private static final int MOST_MILLIS_BEFORE = 3_000;
    private static final Duration MOST = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final RandomGenerator random;
    private final List<PopulatedNode> nodes = new ArrayList<>();
    private int generation;

    TwoNodes(Path folder, RandomGenerator random) throws IOException {
        this.cluster = Cluster.in(folder, Duration.ZERO);
        this.random = random;
        nodes.add(started());
        nodes.add(started());
    }

    private PopulatedNode started() throws IOException {
        return PopulatedNode.start(cluster, "n" + generation++, random);
    }

    /**
     * Kills one and starts it again, each at a random moment, and checks that all lists become right.
     *
     * @return how long after the death they were
     */
    Duration killOne() throws IOException {
        someTime();
        int doomed = random.nextInt(nodes.size());
        PopulatedNode dead = nodes.get(doomed);
        long start = System.nanoTime();
        assertThat(dead.kill()).isEmpty();
        someTime();
        nodes.set(doomed, started());
        within(MOST.minusNanos(System.nanoTime() - start))
                .untilAsserted(() -> assertThat(known()).noneMatch(dead::isHome));
        Duration needed = Duration.ofNanos(System.nanoTime() - start);
        assertListsAreExact();
        return needed;
    }

    private void someTime() {
        Duration pause = Duration.ofMillis(random.nextInt(1, MOST_MILLIS_BEFORE));
        await().pollDelay(pause).atMost(pause.plus(MOST)).until(() -> true);
    }

    private static ConditionFactory within(Duration most) {
        return await().atMost(most).pollInterval(Duration.ofMillis(100));
    }

    /** Everybody who is in any list. */
    private Set<String> known() {
        Set<String> known = new TreeSet<>();
        for (PopulatedNode node : nodes) {
            known.addAll(node.api().users(PopulatedNode.ROOM));
            node.watches().forEach(watch -> known.addAll(watch.users()));
        }
        return known;
    }

    private void assertListsAreExact() throws IOException {
        nodes.forEach(PopulatedNode::pause);
        Set<String> members = new TreeSet<>();
        nodes.forEach(node -> members.addAll(node.members()));
        for (PopulatedNode node : nodes) {
            within(MOST).untilAsserted(() -> {
                assertThat(node.api().users(PopulatedNode.ROOM)).isEqualTo(members);
                assertThat(node.watches())
                        .allSatisfy(watch -> assertThat(watch.users()).isEqualTo(members));
            });
            assertThat(node.faults()).isEmpty();
        }
        assertNewcomersSee(members);
        nodes.forEach(PopulatedNode::goOn);
    }

    private void assertNewcomersSee(Set<String> members) throws IOException {
        for (PopulatedNode node : nodes) {
            String user = "newcomer-" + generation++;
            try (RosterWatch newcomer = node.newcomer(user)) {
                assertThat(newcomer.users()).containsAll(members).contains(user);
            }
        }
    }

    /** All members leave, and no key of the channel or of its members may be left. */
    void emptyAll() throws IOException {
        for (PopulatedNode node : nodes) {
            node.empty();
        }
        within(MOST).untilAsserted(() -> {
            assertThat(cluster.keysWith(PopulatedNode.ROOM)).isEmpty();
            assertThat(cluster.keysWith("echo-server:node:")).isEmpty();
        });
    }

    @Override
    public void close() throws IOException {
        for (PopulatedNode node : nodes) {
            node.kill();
        }
        cluster.close();
    }
}
