package dev.echoserver.redis;

import dev.echoserver.channel.InternalChannel;
import dev.echoserver.channel.PresenceChannel;
import dev.echoserver.channel.SocketId;
import dev.echoserver.presence.Member;
import dev.echoserver.presence.PresenceException;
import dev.echoserver.presence.PresenceListener;
import dev.echoserver.presence.PresenceStore;
import dev.echoserver.presence.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presence of all nodes that share a Redis and a key prefix.
 *
 * <p>Announcements come through the {@link NodeBus}, to the node that caused them as to the others, on
 * {@code redis-io}. A node that dies without a word is noticed by the others, or by the next one to start, and its
 * members leave within 30 seconds.
 *
 * <p>Unlike laravel-echo-server, whose list in Redis is read, changed in memory and written back.
 */
public final class RedisPresenceStore implements PresenceStore {
    private static final Logger log = LoggerFactory.getLogger(RedisPresenceStore.class);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final RedisLink link;
    private final NodeBus bus;
    private final PresenceScripts scripts;
    private final RosterReads reads;
    private final NodeRegister register;
    private final Seats seats;
    private final NodeLife.Rhythm rhythm;
    private volatile Optional<NodeLife> life = Optional.empty();

    /**
     * Uses {@code link}, which is to be opened after this and closed after it, and {@code bus}, whose source is to be
     * opened after this.
     */
    public RedisPresenceStore(RedisLink link, NodeBus bus, LaravelView view) {
        this(link, bus, view, NodeLife.Rhythm.NORMAL);
    }

    RedisPresenceStore(RedisLink link, NodeBus bus, LaravelView view, NodeLife.Rhythm rhythm) {
        this.link = link;
        this.bus = bus;
        this.scripts = new PresenceScripts(link, view);
        this.reads = new RosterReads(scripts::roster);
        this.register = new NodeRegister(link);
        this.seats = new Seats(link, register, scripts);
        this.rhythm = rhythm;
    }

    @Override
    public synchronized void open(PresenceListener listener) {
        if (life.isPresent()) {
            throw new IllegalStateException("store: already open (expected: opened once)");
        }
        bus.handle(InternalChannel.PRESENCE, payload -> {
            Optional<Announcement> announcement = Announcement.read(payload);
            announcement.ifPresent(change -> change.tell(listener));
            return announcement.isPresent();
        });
        bus.whenConnected(listener::refresh);
        NodeLife own = new NodeLife(
                link, new NodeLife.Duties(register, new Burial(register, scripts), listener::refresh), rhythm);
        life = Optional.of(own);
        own.start();
    }

    /** {@inheritDoc} Until this node is known to Redis it fails; then the listener is asked to refresh. */
    @Override
    public CompletionStage<Roster> join(PresenceChannel channel, SocketId socket, Member member) {
        Seat seat = new Seat(channel, socket);
        return translated(name().map(node -> join(seat, node, member)).orElseGet(this::notYet));
    }

    private CompletionStage<Roster> join(Seat seat, String node, Member member) {
        CompletionStage<Void> taken = seats.take(seat, node, member);
        taken.whenComplete((none, failure) -> {
            if (failure != null && RedisFailure.needsReconnect(failure)) {
                doubt();
            } else if (failure != null && RedisFailure.isTemporary(failure)) {
                life.ifPresent(NodeLife::oweJoin);
            }
        });
        // Not before the answer: a shared read that starts on redis-io would overtake a join that is still on its way
        // there.
        return taken.thenCompose(done -> reads.after(seat.channel()));
    }

    private CompletionStage<Roster> notYet() {
        return link.send(redis -> CompletableFuture.failedStage(new RedisUnavailableException("Redis at "
                + link.settings().address() + " does not know this node yet; its sockets will join again")));
    }

    @Override
    public CompletionStage<Void> leave(PresenceChannel channel, SocketId socket) {
        CompletionStage<Void> left = seats.giveUp(new Seat(channel, socket), name());
        return translated(left.whenComplete((none, failure) -> {
            if (failure != null) {
                doubt();
            }
        }));
    }

    @Override
    public CompletionStage<Roster> roster(PresenceChannel channel) {
        return translated(reads.after(channel));
    }

    @Override
    public CompletionStage<List<Member>> users(PresenceChannel channel) {
        return translated(scripts.users(channel));
    }

    /** {@inheritDoc} Whatever is not done in 5 seconds is done by the other nodes, or by the next one. */
    @Override
    public void close() {
        try {
            life.map(NodeLife::stop)
                    .orElseGet(() -> CompletableFuture.completedStage(null))
                    .toCompletableFuture()
                    .get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            warnOfLateLeaving(RedisFailure.of(e).reason());
        } catch (TimeoutException e) {
            warnOfLateLeaving("no answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void warnOfLateLeaving(String reason) {
        log.warn(
                "Redis was not told that this server ends; its members leave within 30 seconds: reason=\"{}\"", reason);
    }

    /** Whether what is asked for now can be done. Any thread. */
    public boolean isReady() {
        return link.isConnected() && name().isPresent();
    }

    /** All names under which Redis may take this node for alive, and older ones. Any thread. */
    List<String> recentNames() {
        return life.map(NodeLife::recentNames).orElse(List.of());
    }

    private Optional<String> name() {
        return life.flatMap(NodeLife::name);
    }

    private void doubt() {
        life.ifPresent(NodeLife::doubt);
    }

    private static <T> CompletionStage<T> translated(CompletionStage<T> stage) {
        return stage.exceptionallyCompose(failure -> {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            return CompletableFuture.failedStage(new PresenceException(String.valueOf(cause.getMessage()), cause));
        });
    }
}
