package dev.echoserver.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what a store announces: {@code "joining presence-r {…} by 1.1"}, {@code "leaving presence-r {…}"}. */
public final class PresenceTrace implements PresenceListener {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Queue<Long> versions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refreshes = new AtomicInteger();

    @Override
    public void joining(PresenceChannel channel, Member member, SocketId socket, long version) {
        versions.add(version);
        lines.add("joining " + channel.name() + " " + member.json() + " by " + socket);
    }

    @Override
    public void leaving(PresenceChannel channel, Member member, long version) {
        versions.add(version);
        lines.add("leaving " + channel.name() + " " + member.json());
    }

    @Override
    public void refresh() {
        refreshes.incrementAndGet();
    }

    /** What was announced so far, oldest first. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The versions of what was announced so far, oldest first. */
    public List<Long> versions() {
        return List.copyOf(versions);
    }

    /** How often a refresh was asked for. */
    public int refreshes() {
        return refreshes.get();
    }

    /** Waits for exactly these announcements, in this order. */
    public void awaitLines(String... expected) {
        await().untilAsserted(() -> assertThat(lines()).containsExactly(expected));
    }
}
