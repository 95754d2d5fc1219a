package dev.echoserver.live;

import dev.echoserver.census.Census;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells, one line of JSON each second, what the server does and which channels are busy. Any thread. */
public final class Top {
    private final Lookout lookout;
    private final Census sockets;
    private final Figures.Source figures;
    private final InstantSource clock;

    /**
     * A view of what {@code lookout} shows.
     *
     * @param sockets of this server
     */
    public Top(Lookout lookout, Census sockets, Figures.Source figures, InstantSource clock) {
        this.lookout = lookout;
        this.sockets = sockets;
        this.figures = figures;
        this.clock = clock;
    }

    /** Gives {@code lines} a line each second, on a thread of its own, until the result is closed. */
    @SuppressWarnings("FutureReturnValueIgnored") // Ends with its thread.
    public Look open(Consumer<String> lines) {
        BusyChannels busy = new BusyChannels();
        Look look = lookout.add(busy);
        TopViewer viewer = new TopViewer(busy, sockets, figures, clock, lines);
        ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "top");
            thread.setDaemon(true);
            return thread;
        });
        seconds.scheduleAtFixedRate(viewer::look, 0, 1, TimeUnit.SECONDS);
        return () -> {
            seconds.shutdownNow();
            look.close();
        };
    }
}
