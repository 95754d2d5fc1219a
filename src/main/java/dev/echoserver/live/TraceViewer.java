package dev.echoserver.live;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastObserver;
import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Origin;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One who looks at some channels. Any thread. */
final class TraceViewer implements BroadcastObserver {
    private static final String REDIS = Sighting.name(Origin.REDIS);
    private static final int MAX_EVENT_NAMES = 1000;

    private final ChannelFilter channels;
    private final String keyPrefix;
    private final Hints hints;
    private final InstantSource clock;
    private final Consumer<String> lines;
    private final Set<String> explained = ConcurrentHashMap.newKeySet(); // Events of which it was said how to listen.

    TraceViewer(ChannelFilter channels, String keyPrefix, Hints hints, InstantSource clock, Consumer<String> lines) {
        this.channels = channels;
        this.keyPrefix = keyPrefix;
        this.hints = hints;
        this.clock = clock;
        this.lines = lines;
    }

    @Override
    public void delivered(Origin origin, Broadcast broadcast, Reach reach) {
        String channel = broadcast.channel().name();
        if (channels.mayMean(channel)) {
            tell(new Sighting(
                    clock.instant().minus(reach.took()),
                    Sighting.name(origin),
                    origin == Origin.REDIS ? keyPrefix + channel : channel,
                    channel,
                    Optional.of(broadcast.event().text()),
                    broadcast.data().length(),
                    new Sighting.Delivered(reach.sockets(), reach.isSenderHere(), reach.isLost(), reach.took())));
        }
    }

    @Override
    public void dropped(DropReason reason, String channel, int bytes) {
        if (channels.mayMean(channel)) {
            tell(new Sighting(
                    clock.instant(),
                    REDIS,
                    keyPrefix + channel,
                    channel,
                    Optional.empty(),
                    bytes,
                    new Sighting.Dropped(reason)));
        }
    }

    /** {@code event} was published on {@code channel} of Redis, outside the key prefix. */
    void foreign(String channel, String event, int bytes) {
        if (channels.mayMean(channel)) {
            tell(new Sighting(
                    clock.instant(), REDIS, channel, channel, Optional.of(event), bytes, new Sighting.Foreign()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Never fails.
    private void tell(Sighting sighting) {
        hints.about(sighting).thenAccept(found -> {
            List<String> all = new ArrayList<>(found);
            listenHint(sighting).ifPresent(all::add);
            lines.accept(sighting.json(all));
        });
    }

    /** Once for each name: it would be tiresome to read it each time. */
    private Optional<String> listenHint(Sighting sighting) {
        return sighting.event()
                .filter(event ->
                        !sighting.reachedNobody() && explained.size() < MAX_EVENT_NAMES && explained.add(event))
                .flatMap(ListenHint::of);
    }
}
