package dev.echoserver.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Connections that their clients keep open without doing anything more: the server has to end them. Any thread. */
final class Leftovers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<Optional<Ending>> waiting = new LinkedBlockingQueue<>();
    private final Queue<String> faults;
    private final Thread thread = new Thread(this::awaitAll, "leftovers");

    /** Notes in {@code faults} what the server does not end. */
    Leftovers(Queue<String> faults) {
        this.faults = faults;
        thread.start();
    }

    void add(Ending ending) {
        waiting.add(Optional.of(ending));
    }

    private void awaitAll() {
        try {
            Optional<Ending> next = waiting.take();
            while (next.isPresent()) {
                await(next.get());
                next = waiting.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Ending ending) {
        try {
            if (!ending.comesBefore(System.nanoTime() + PATIENCE.toNanos())) {
                faults.add("not ended by the server within " + PATIENCE);
            }
        } catch (IOException e) {
            faults.add("not ended by the server: " + e);
        }
    }

    /** Waits for the end of all. */
    @Override
    public void close() {
        waiting.add(Optional.empty());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
