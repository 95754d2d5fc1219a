package dev.echoserver.live;

import java.time.InstantSource;
import java.util.function.Consumer;

/** Tells, one line of JSON for each event, what was received, how many sockets got it, and why none did. Any thread. */
public final class Trace {
    private final Lookout lookout;
    private final ForeignEvents foreign;
    private final String keyPrefix;
    private final Hints hints;
    private final InstantSource clock;

    /**
     * A trace of what {@code lookout} shows.
     *
     * @param keyPrefix what stands in front of each channel on Redis
     * @param hints say why nobody got an event
     */
    public Trace(Lookout lookout, ForeignEvents foreign, String keyPrefix, Hints hints, InstantSource clock) {
        this.lookout = lookout;
        this.foreign = foreign;
        this.keyPrefix = keyPrefix;
        this.hints = hints;
        this.clock = clock;
    }

    /** Gives {@code lines} a line for each event of {@code channels}, on any thread, until the result is closed. */
    public Look open(ChannelFilter channels, Consumer<String> lines) {
        TraceViewer viewer = new TraceViewer(channels, keyPrefix, hints, clock, lines);
        Look own = lookout.add(viewer);
        Look others = foreign.listen(viewer::foreign);
        return () -> {
            own.close();
            others.close();
        };
    }
}
