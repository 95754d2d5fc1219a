package dev.echoserver.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Many hostile inputs through one entrance, on several connections at once.
 *
 * <p>Counts what the server has really read.
 */
final class Attack {
    private static final int AT_ONCE = 4;
    private static final int MAX_BATCH = 12; // A server may take more pipelined requests for an attack.
    private static final int MAX_BATCHES = 40; // So that what a connection has gathered goes, too.

    private final Opening opening;
    private final Answers answers = new Answers();
    private final LongAdder read = new LongAdder();
    private final LongAdder connections = new LongAdder();

    Attack(Opening opening) {
        this.opening = opening;
    }

    /** One connection, and what is sent on it. */
    record Front(Link link, Supplier<Input> inputs) {}

    /** Makes connections. */
    @FunctionalInterface
    interface Opening {
        Front open(Dice dice) throws IOException;
    }

    /** Sends {@code count} inputs, or a few more; {@code random} decides which. Says in a line what came of it. */
    String run(String entrance, int count, RandomGenerator random) {
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            CompletableFuture.allOf(IntStream.range(0, AT_ONCE)
                            .mapToObj(i -> new Dice(branch(random)))
                            .map(dice -> CompletableFuture.runAsync(() -> send(count / AT_ONCE, dice), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdownNow();
        }
        return line(entrance, start);
    }

    /** Each thread's own, so that a seed means the same inputs whichever thread is faster. */
    static RandomGenerator branch(RandomGenerator random) {
        return ((RandomGenerator.SplittableGenerator) random).split();
    }

    private String line(String entrance, long start) {
        return String.format(
                "%s: inputs=%d connections=%d seconds=%.1f answers=%s",
                entrance, read.sum(), connections.sum(), (System.nanoTime() - start) / 1e9, answers);
    }

    private void send(int count, Dice dice) {
        int sent = 0;
        for (int tries = 0; sent < count; tries++) {
            if (tries > 100 + count) {
                throw new AssertionError("The server reads nothing: " + answers);
            }
            try {
                sent += sendOnOne(count - sent, dice);
            } catch (IOException e) {
                throw new AssertionError("No connection, or no answer: " + answers, e);
            }
        }
    }

    private int sendOnOne(int count, Dice dice) throws IOException {
        int sent = 0;
        Front front = opening.open(dice);
        connections.increment();
        try (Link link = front.link()) {
            boolean goesOn = true;
            for (int batches = 0; goesOn && sent < count && batches < MAX_BATCHES; batches++) {
                List<Input> batch = batch(front.inputs());
                int taken = link.exchange(batch, answers);
                sent += taken;
                read.add(taken);
                goesOn = taken == batch.size() && !batch.get(batch.size() - 1).mayEnd();
            }
        }
        return sent;
    }

    private static List<Input> batch(Supplier<Input> inputs) {
        List<Input> batch = new ArrayList<>();
        do {
            batch.add(inputs.get());
        } while (batch.size() < MAX_BATCH && !batch.get(batch.size() - 1).mayEnd());
        return batch;
    }
}
