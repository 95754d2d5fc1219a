package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.chaos.Visit.Guest;
import dev.echoserver.testing.Laravel;
import dev.echoserver.testing.LaravelVersion;
import dev.echoserver.testing.RawConnection;
import dev.echoserver.testing.RawWebSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once that do nothing they should are gone in time, and the others notice nothing. */
@Timeout(300)
final class BadClientsIT {
    private static final int OF_EACH = Scale.isLong() ? 500 : 50;
    private static final Duration LONGEST = Duration.ofSeconds(Scale.isLong() ? 60 : 10);
    private static final int NOT_READING = OF_EACH / 10;
    private static final int STALL_SECONDS = 2;
    private static final Duration STALLED = Duration.ofSeconds(15);
    private static final int WARM_UP = OF_EACH * 10;
    private static final int BIG_MESSAGES = 250;
    private static final String BIG = "x".repeat(64 << 10);

    @TempDir
    private Path folder;

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    @Test
    void areGoneInTimeAndTheOthersLoseNothing() throws IOException {
        RandomGenerator random = Scale.random(BadClientsIT.class);
        try (WatchedServer server = new WatchedServer(folder, STALL_SECONDS)) {
            Visitors visitors = new Visitors(server.address(), WatchedServer.SILENCE, random);
            server.beside(() -> visitors.send(WARM_UP));
            Footprint before = server.whenEmpty();
            server.beside(() -> {
                List<Thread> waiting = sendBadOnes(server, random);
                stall(server);
                joinAll(waiting);
            });
            assertThat(faults).isEmpty();
            server.assertNothingIsLeftSince(before);
        }
    }

    /** Returns those who wait for their end. */
    private List<Thread> sendBadOnes(WatchedServer server, RandomGenerator random) throws IOException {
        List<Thread> waiting = new ArrayList<>();
        try (Leftovers none = new Leftovers(faults)) {
            for (BadClient kind : BadClient.kinds(LONGEST)) {
                List<Ending> endings = new ArrayList<>();
                long start = System.nanoTime();
                for (int i = 0; i < OF_EACH; i++) {
                    String user = kind.name() + i;
                    endings.add(kind.opening().open(new Guest(server.address(), 3 + i % 2, user, random, none)));
                }
                Thread thread = new Thread(() -> awaitAll(kind.name(), kind.patience(), endings, start));
                thread.start();
                waiting.add(thread);
            }
        }
        return waiting;
    }

    /** The time for the first to be opened counts, too: {@code start} is when the opening began. */
    private void awaitAll(String name, Duration patience, List<Ending> endings, long start) {
        long opened = System.nanoTime();
        for (Ending ending : endings) {
            await(name, ending, opened + patience.toNanos());
        }
        System.out.printf(
                "Bad clients: %s: count=%d opened in %.1f s, all gone after %.1f s%n",
                name, endings.size(), (opened - start) / 1e9, (System.nanoTime() - start) / 1e9);
    }

    private void await(String name, Ending ending, long deadline) {
        try {
            if (!ending.comesBefore(deadline)) {
                faults.add(name + ": not ended in time");
            }
        } catch (IOException e) {
            faults.add(name + ": " + e);
        }
    }

    /** Clients that ask for much and read nothing. */
    private static void stall(WatchedServer server) throws IOException {
        List<RawWebSocket> sockets = new ArrayList<>();
        for (int i = 0; i < NOT_READING; i++) {
            RawWebSocket socket = RawWebSocket.open(RawConnection.to(server.address()), Visitor.target(3));
            socket.send(Visitor.subscribing("u", "big"));
            sockets.add(socket);
        }
        long start = System.nanoTime();
        try (Laravel laravel = server.laravel()) {
            for (int i = 0; i < BIG_MESSAGES; i++) {
                laravel.publish(
                        LaravelVersion.V13, "", "big", "{\"event\":\"big\",\"data\":\"" + BIG + "\",\"socket\":null}");
            }
            laravel.flush();
        }
        server.awaitNobodyOn("big", STALLED);
        System.out.printf(
                "Bad clients: not reading: count=%d all gone after %.1f s%n",
                sockets.size(), (System.nanoTime() - start) / 1e9);
        for (RawWebSocket socket : sockets) {
            socket.close();
        }
    }

    private static void joinAll(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
