package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes end without a word, again and again, while members come and go: all lists are right soon each time. */
final class KillNodesIT {
    private static final int MOST_PAIRS = 3; // At once: a death is mostly waiting.
    private static final Duration MOST = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void everyListIsRightWithin30Seconds() throws Exception {
        RandomGenerator random = Scale.random(KillNodesIT.class);
        int pairs = Math.min(MOST_PAIRS, Scale.kills());
        ExecutorService threads = Executors.newFixedThreadPool(pairs);
        List<Future<List<Duration>>> results = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            Path own = folder.resolve("pair-" + i);
            int kills = Scale.kills() * (i + 1) / pairs - Scale.kills() * i / pairs;
            RandomGenerator ownRandom =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(random.nextLong());
            results.add(threads.submit(() -> killAgainAndAgain(own, kills, ownRandom)));
        }
        assertAllAreShort(results);
        threads.shutdown();
    }

    private static List<Duration> killAgainAndAgain(Path folder, int kills, RandomGenerator random) throws IOException {
        List<Duration> needed = new ArrayList<>();
        try (TwoNodes nodes = new TwoNodes(folder, random)) {
            for (int i = 0; i < kills; i++) {
                needed.add(nodes.killOne());
            }
            nodes.emptyAll();
        }
        return needed;
    }

    private static void assertAllAreShort(List<Future<List<Duration>>> results)
            throws ExecutionException, InterruptedException {
        List<Duration> all = new ArrayList<>();
        for (Future<List<Duration>> result : results) {
            all.addAll(result.get());
        }
        all.sort(null);
        System.out.printf(
                "Killed: count=%d min=%s median=%s max=%s all=%s%n",
                all.size(), all.get(0), all.get(all.size() / 2), all.get(all.size() - 1), all);
        assertThat(all)
                .hasSize(Scale.kills())
                .allSatisfy(each -> assertThat(each).isLessThan(MOST));
    }
}
