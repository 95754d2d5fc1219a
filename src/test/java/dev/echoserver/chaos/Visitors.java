package dev.echoserver.chaos;

import dev.echoserver.chaos.Visit.Guest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Clients who come, do something and are gone, many at once, each in a way that chance decides on. */
final class Visitors {
    private static final int AT_ONCE = 32;

    private final InetSocketAddress server;
    private final Duration patience;
    private final RandomGenerator random;
    private final List<Visit> visits = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tooLate = new AtomicInteger();
    private int number;

    /** @param patience after which the server takes a silent client for gone */
    Visitors(InetSocketAddress server, Duration patience, RandomGenerator random) {
        this.server = server;
        this.patience = patience;
        this.random = random;
        visits.addAll(WebSocketVisits.all());
        visits.addAll(PollingVisits.all());
        visits.addAll(UpgradeVisits.all());
    }

    /** Sends {@code count} of them and returns when all are gone. */
    void send(int count) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (Leftovers leftovers = new Leftovers(faults)) {
            List<Future<?>> workers = new ArrayList<>();
            int last = number + count;
            for (int i = 0; i < AT_ONCE; i++) {
                workers.add(threads.submit(() -> work(last, leftovers)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void work(int last, Leftovers leftovers) {
        Optional<Runnable> next = next(last, leftovers);
        while (next.isPresent()) {
            next.get().run();
            next = next(last, leftovers);
        }
    }

    private synchronized Optional<Runnable> next(int last, Leftovers leftovers) {
        if (number == last) {
            return Optional.empty();
        }
        Visit visit = visits.get(random.nextInt(visits.size()));
        RandomGenerator own = RandomGeneratorFactory.of("L64X128MixRandom").create(random.nextLong());
        Guest guest = new Guest(server, own.nextBoolean() ? 3 : 4, "u" + number++, own, leftovers);
        counts.merge(visit.name(), 1, Integer::sum);
        return Optional.of(() -> take(visit, guest));
    }

    private void take(Visit visit, Guest guest) {
        long start = System.nanoTime();
        try {
            visit.course().take(guest);
        } catch (IOException | AssertionError fault) {
            if (System.nanoTime() - start > patience.toNanos()) {
                tooLate.incrementAndGet(); // A busy machine held it up for so long that the server gave it up, rightly.
            } else {
                faults.add(visit.name() + " by " + guest.user() + " with EIO=" + guest.protocol() + ": " + fault);
            }
        }
    }

    /** How many visits there were of each kind, and how many came too late to say anything. */
    synchronized String report() {
        return "tooLate=" + tooLate + " " + counts;
    }

    /** What did not go as it should. */
    List<String> faults() {
        return List.copyOf(faults);
    }
}
