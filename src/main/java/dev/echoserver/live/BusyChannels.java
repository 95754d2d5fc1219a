package dev.echoserver.live;

import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastObserver;
import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Origin;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts events by their channel. Any thread. */
final class BusyChannels implements BroadcastObserver {
    private static final int MAX_CHANNELS = 10_000;
    private static final int SHOWN = 100;

    private final Map<String, LongAdder> events = new ConcurrentHashMap<>();

    /** One channel and the number of its events. */
    record Busy(String channel, long events) {}

    @Override
    public void delivered(Origin origin, Broadcast broadcast, Reach reach) {
        String channel = broadcast.channel().name();
        if (events.size() < MAX_CHANNELS || events.containsKey(channel)) {
            events.computeIfAbsent(channel, first -> new LongAdder()).increment();
        }
    }

    @Override
    public void dropped(DropReason reason, String channel, int bytes) {}

    /** Those with the most events since the last call, most first. Of events on the way meanwhile some may be missed. */
    List<Busy> next() {
        Map<String, LongAdder> counted = new HashMap<>(events);
        counted.keySet().forEach(events::remove);
        return counted.entrySet().stream()
                .map(entry -> new Busy(entry.getKey(), entry.getValue().sum()))
                .sorted(Comparator.comparingLong(Busy::events).reversed().thenComparing(Busy::channel))
                .limit(SHOWN)
                .toList();
    }
}
