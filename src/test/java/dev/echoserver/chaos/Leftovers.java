package dev.echoserver.chaos;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Connections that their clients keep open without doing anything more: the server has to end them. Any thread. */
final class Leftovers implements AutoCloseable {
    private static final Leftover LAST = () -> {};

    private final BlockingQueue<Leftover> waiting = new LinkedBlockingQueue<>();
    private final Queue<String> faults;
    private final Thread thread = new Thread(this::awaitAll, "leftovers");

    /** What is left of a client. */
    interface Leftover {
        /** Waits until the server has ended it, then closes it. */
        void awaitEnd() throws IOException;
    }

    /** Notes in {@code faults} what the server does not end. */
    Leftovers(Queue<String> faults) {
        this.faults = faults;
        thread.start();
    }

    void add(Leftover leftover) {
        waiting.add(leftover);
    }

    private void awaitAll() {
        try {
            for (Leftover next = waiting.take(); next != LAST; next = waiting.take()) {
                await(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Leftover leftover) {
        try {
            leftover.awaitEnd();
        } catch (IOException | AssertionError fault) {
            faults.add("not ended by the server: " + fault);
        }
    }

    /** Waits for the end of all. */
    @Override
    public void close() {
        waiting.add(LAST);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
