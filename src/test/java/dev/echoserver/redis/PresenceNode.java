package dev.echoserver.redis;

import static org.awaitility.Awaitility.await;

import dev.echoserver.broadcast.BroadcastDecoder;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.census.Count;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.json.Json;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.PresenceListener;
import dev.echoserver.presence.PresenceTrace;
import dev.echoserver.presence.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What one node has of presence, with sockets that join again when asked to. Its heart beats every 100 ms, and it is dead
 * after two seconds.
 */
final class PresenceNode implements AutoCloseable {
    static final Duration EXPIRY = Duration.ofSeconds(2);
    private static final NodeLife.Rhythm RHYTHM = new NodeLife.Rhythm(Duration.ofMillis(100), EXPIRY);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PresenceTrace trace = new PresenceTrace();
    private final Map<Seat, Member> sockets = new ConcurrentHashMap<>();
    private final Drops drops = new Drops(System::nanoTime);
    private final NodeBus bus = new NodeBus(drops);
    private final RedisLink link;
    private final RedisBroadcastSource source;
    private final RedisPresenceStore store;
    private final RedisCensus census;
    volatile Count own = Count.ZERO;

    PresenceNode(RedisConfig settings, LaravelView view) {
        this(settings, view, RHYTHM);
    }

    PresenceNode(RedisConfig settings, LaravelView view, NodeLife.Rhythm rhythm) {
        this.link = new RedisLink(new RedisConnector(settings, PATIENCE), 10_000);
        this.source = new RedisBroadcastSource(
                new RedisConnector(settings, PATIENCE),
                new RedisBroadcastSource.Receivers(new BroadcastDecoder(1 << 20, drops), bus),
                Duration.ofMillis(200),
                System::nanoTime);
        this.store = new RedisPresenceStore(link, bus, view, rhythm);
        this.census = new RedisCensus(
                link, bus, store, channels -> CompletableFuture.completedStage(own), Duration.ofMillis(1500));
    }

    static PresenceNode open(RedisConfig settings) {
        return open(settings, LaravelView.NONE);
    }

    static PresenceNode open(RedisConfig settings, LaravelView view) {
        return open(new PresenceNode(settings, view));
    }

    /** One of a Redis that is not there. */
    static PresenceNode openWithoutWaiting(RedisConfig settings) {
        PresenceNode node = new PresenceNode(settings, LaravelView.NONE);
        node.open();
        return node;
    }

    /** One whose heart beats more slowly. */
    static PresenceNode open(RedisConfig settings, Duration beat) {
        return open(new PresenceNode(settings, LaravelView.NONE, new NodeLife.Rhythm(beat, beat.multipliedBy(3))));
    }

    private static PresenceNode open(PresenceNode node) {
        node.open();
        await().until(() -> node.trace.refreshes() >= 2); // The link is there, and the subscription.
        return node;
    }

    private void open() {
        store.open(rejoining(trace));
        link.open();
        source.open(broadcast -> {}, SourceListener.NONE);
    }

    private PresenceListener rejoining(PresenceListener told) {
        return new PresenceListener() {
            @Override
            public void joining(PresenceChannel channel, Member member, SocketId socket, long version) {
                told.joining(channel, member, socket, version);
            }

            @Override
            public void leaving(PresenceChannel channel, Member member, long version) {
                told.leaving(channel, member, version);
            }

            @Override
            public void refresh() {
                told.refresh();
                sockets.forEach((seat, member) -> store.join(seat.channel(), seat.socket(), member));
            }
        };
    }

    CompletionStage<Roster> joinLater(PresenceChannel channel, String socket, String json) {
        SocketId id = new SocketId(socket);
        Member member = Member.of(Json.of(json)).orElseThrow();
        sockets.put(new Seat(channel, id), member);
        return store.join(channel, id, member);
    }

    Roster join(PresenceChannel channel, String socket, String json) {
        return done(joinLater(channel, socket, json));
    }

    CompletionStage<Void> leaveLater(PresenceChannel channel, String socket) {
        SocketId id = new SocketId(socket);
        sockets.remove(new Seat(channel, id));
        return store.leave(channel, id);
    }

    void leave(PresenceChannel channel, String socket) {
        done(leaveLater(channel, socket));
    }

    List<String> members(PresenceChannel channel) {
        return done(store.roster(channel)).members().stream()
                .map(member -> member.json().toString())
                .toList();
    }

    /** As {@link #members}, or one that says why not. */
    List<String> membersIfReachable(PresenceChannel channel) {
        try {
            return members(channel);
        } catch (CompletionException e) {
            return List.of(e.toString());
        }
    }

    static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    RedisPresenceStore store() {
        return store;
    }

    RedisCensus census() {
        return census;
    }

    RedisLink link() {
        return link;
    }

    PresenceTrace trace() {
        return trace;
    }

    Drops drops() {
        return drops;
    }

    /** Ends as a process does that is killed: nothing more reaches Redis. */
    void die() {
        link.close();
        source.close();
    }

    @Override
    public void close() {
        store.close();
        source.close();
        link.close();
    }
}
