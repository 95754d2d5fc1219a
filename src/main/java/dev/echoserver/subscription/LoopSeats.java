package dev.echoserver.subscription;

import dev.echoserver.channel.PresenceChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The seats of one event loop's sockets in presence channels. Confined to that loop. */
final class LoopSeats {
    private final Map<PresenceChannel, Set<Seat>> seats = new HashMap<>();

    void add(Seat seat) {
        seats.computeIfAbsent(seat.channel(), channel -> new HashSet<>()).add(seat);
    }

    void remove(Seat seat) {
        seats.computeIfPresent(seat.channel(), (channel, taken) -> {
            taken.remove(seat);
            return taken.isEmpty() ? null : taken;
        });
    }

    void tell(Change change) {
        seats.getOrDefault(change.channel(), Set.of()).forEach(seat -> seat.tell(change));
    }

    /** Every socket joins its presence channels again. */
    void takeAgain() {
        List<Seat> all = new ArrayList<>();
        seats.values().forEach(all::addAll);
        all.forEach(seat -> {
            var unused = seat.take();
        });
    }
}
