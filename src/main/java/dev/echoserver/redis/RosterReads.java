package dev.echoserver.redis;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.presence.Roster;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads rosters, and each but once for all who ask while it is being read: a thousand who join a channel of thousands at
 * once, as after a restart, would each have Redis send all of it. Any thread.
 */
final class RosterReads {
    private final Function<PresenceChannel, CompletionStage<Roster>> read;

    /** By channel that is being read, too early for who asks now: the next read, once somebody has asked. */
    private final Map<PresenceChannel, Optional<CompletableFuture<Roster>>> nextReads = new HashMap<>();

    RosterReads(Function<PresenceChannel, CompletionStage<Roster>> read) {
        this.read = read;
    }

    /** A roster that is read from now on: every change that was answered before is in it. */
    CompletionStage<Roster> after(PresenceChannel channel) {
        CompletableFuture<Roster> mine = new CompletableFuture<>();
        synchronized (nextReads) {
            Optional<CompletableFuture<Roster>> next = nextReads.get(channel);
            if (next != null) {
                CompletableFuture<Roster> shared = next.orElse(mine);
                nextReads.put(channel, Optional.of(shared));
                return shared;
            }
            nextReads.put(channel, Optional.empty());
        }
        start(channel, mine);
        return mine;
    }

    private void start(PresenceChannel channel, CompletableFuture<Roster> mine) {
        read.apply(channel).whenComplete((roster, failure) -> {
            startNext(channel);
            if (failure == null) {
                mine.complete(roster);
            } else {
                mine.completeExceptionally(failure);
            }
        });
    }

    private void startNext(PresenceChannel channel) {
        nextRead(channel).ifPresent(waiting -> start(channel, waiting));
    }

    private Optional<CompletableFuture<Roster>> nextRead(PresenceChannel channel) {
        synchronized (nextReads) {
            Optional<CompletableFuture<Roster>> next = nextReads.getOrDefault(channel, Optional.empty());
            if (next.isPresent()) {
                nextReads.put(channel, Optional.empty());
            } else {
                nextReads.remove(channel);
            }
            return next;
        }
    }
}
