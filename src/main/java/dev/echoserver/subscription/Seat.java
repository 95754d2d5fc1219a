package dev.echoserver.subscription;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.hub.LoopHub;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.PresenceStore;
import dev.echoserver.presence.Roster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket's place in a presence channel. Confined to the socket's event loop.
 *
 * <p>The roster and the changes come on different ways and may overtake each other. So changes wait while a roster is
 * asked for, and those that it contains are not told: whoever is listed is never announced as joining as well.
 */
final class Seat {
    private static final Logger log = LoggerFactory.getLogger(Seat.class);

    private final ChannelClient client;
    private final LoopHub loop;
    private final PresenceChannel channel;
    private final Member member;
    private final PresenceStore store;
    private Optional<List<Change>> waiting = Optional.empty();
    private long toldUpTo = Long.MAX_VALUE; // Nothing is told before the first roster.
    private boolean vacated;

    /** Who sits where. */
    record Place(PresenceChannel channel, Member member) {}

    Seat(ChannelClient client, LoopHub loop, Place place, PresenceStore store) {
        this.client = client;
        this.loop = loop;
        this.channel = place.channel();
        this.member = place.member();
        this.store = store;
    }

    PresenceChannel channel() {
        return channel;
    }

    /** Remembers the socket in the store, and tells it who is there. May be repeated. Completes with the store's answer. */
    CompletionStage<?> take() {
        waiting = Optional.of(waiting.orElseGet(ArrayList::new));
        return store.join(channel, client.id(), member)
                .whenComplete((roster, failure) -> loop.execute(() -> onRoster(roster, failure)));
    }

    private void onRoster(@Nullable Roster roster, @Nullable Throwable failure) {
        if (vacated) {
            return;
        }
        List<Change> overtaken = waiting.orElseGet(List::of);
        waiting = Optional.empty();
        if (roster == null) {
            log.debug("No roster yet: socket={} channel={}", client.id(), channel.name(), failure);
            toldUpTo = Long.MAX_VALUE; // The store asks for another take() when it is back.
            return;
        }
        toldUpTo = roster.version();
        client.here(channel, roster.members().stream().map(Member::json).toList());
        overtaken.forEach(this::tell);
    }

    /** Somebody else came or left. */
    void tell(Change change) {
        if (waiting.isPresent()) {
            waiting.get().add(change);
        } else if (change.version() > toldUpTo) {
            toldUpTo = change.version();
            announce(change);
        }
    }

    private void announce(Change change) {
        if (change.comer().isEmpty()) {
            client.leaving(channel, change.member().json());
        } else if (!change.comer().get().equals(client.id())) {
            client.joining(channel, change.member().json());
        }
    }

    /** The socket has left the channel or is gone. */
    void vacate() {
        vacated = true;
        var unused = store.leave(channel, client.id()); // While the store is away it forgets this socket by itself.
    }
}
