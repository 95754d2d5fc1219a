package dev.echoserver.presence;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.log.Folding;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members of a server that is alone: nothing is kept beyond its end. Never fails, never asks for a refresh. */
public final class MemoryPresenceStore implements PresenceStore {
    private static final Logger log = LoggerFactory.getLogger(MemoryPresenceStore.class);

    private final Map<PresenceChannel, Room> rooms = new HashMap<>();
    private final Queue<Consumer<PresenceListener>> announcements = new ArrayDeque<>();
    private final Folding bugs = new Folding();
    private final LongSupplier nanoTime;
    private Optional<PresenceListener> listener = Optional.empty();
    private boolean isAnnouncing;
    private long version;

    /** A store without members. {@code nanoTime} is a clock like {@link System#nanoTime}. */
    public MemoryPresenceStore(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void open(PresenceListener hears) {
        if (listener.isPresent()) {
            throw new IllegalStateException("store: already open (expected: opened once)");
        }
        listener = Optional.of(hears);
    }

    @Override
    public CompletionStage<Roster> join(PresenceChannel channel, SocketId socket, Member member) {
        Roster roster = enter(channel, socket, member);
        announce();
        return CompletableFuture.completedStage(roster);
    }

    private synchronized Roster enter(PresenceChannel channel, SocketId socket, Member member) {
        Room room = rooms.computeIfAbsent(channel, absent -> new Room());
        if (room.enter(socket, member)) {
            long now = ++version;
            announcements.add(hears -> hears.joining(channel, member, socket, now));
        }
        return new Roster(version, room.newestFirst());
    }

    @Override
    public CompletionStage<Void> leave(PresenceChannel channel, SocketId socket) {
        exit(channel, socket);
        announce();
        return CompletableFuture.completedStage(null);
    }

    private synchronized void exit(PresenceChannel channel, SocketId socket) {
        Room room = rooms.getOrDefault(channel, new Room());
        room.exit(socket).ifPresent(member -> {
            long now = ++version;
            announcements.add(hears -> hears.leaving(channel, member, now));
        });
        if (room.isEmpty()) {
            rooms.remove(channel);
        }
    }

    @Override
    public synchronized CompletionStage<Roster> roster(PresenceChannel channel) {
        Room room = rooms.getOrDefault(channel, new Room());
        return CompletableFuture.completedStage(new Roster(version, room.newestFirst()));
    }

    @Override
    public synchronized CompletionStage<List<Member>> users(PresenceChannel channel) {
        return CompletableFuture.completedStage(
                rooms.getOrDefault(channel, new Room()).oldestFirst());
    }

    /** Forgets everybody, without announcing it: there is nobody left to hear. */
    @Override
    public synchronized void close() {
        rooms.clear();
        announcements.clear();
    }

    /** One thread at a time announces for all, so that the order is that of the changes and no lock is held. */
    private void announce() {
        Optional<Consumer<PresenceListener>> next = nextAnnouncement(false);
        while (next.isPresent()) {
            tell(next.get());
            next = nextAnnouncement(true);
        }
    }

    private synchronized Optional<Consumer<PresenceListener>> nextAnnouncement(boolean isMyTurn) {
        if (isAnnouncing && !isMyTurn) {
            return Optional.empty();
        }
        Optional<Consumer<PresenceListener>> next = Optional.ofNullable(announcements.poll());
        isAnnouncing = next.isPresent();
        return next;
    }

    private void tell(Consumer<PresenceListener> announcement) {
        try {
            hearing().ifPresent(announcement);
        } catch (RuntimeException bug) {
            bugs.next(nanoTime.getAsLong())
                    .ifPresent(folded -> log.error("Presence announcement lost: folded={}", folded, bug));
        }
    }

    private synchronized Optional<PresenceListener> hearing() {
        return listener;
    }
}
