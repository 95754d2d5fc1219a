package dev.echoserver.hub;

import dev.echoserver.census.Count;
import dev.echoserver.census.Selection;
import dev.echoserver.channel.Channel;
import dev.echoserver.channel.SocketId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is on which channel, among the sockets of one event loop. The hot path.
 *
 * <p>Confined to its loop, so it needs no locks; {@link #offer} alone is for other threads.
 */
public final class LoopHub {
    /*
     * The system call that writes to a socket is nearly the whole cost of a delivery, so what counts is how many events
     * share one. Whatever has arrived when the loop gets here is handled in one go: neighbours for the same channel are
     * joined to one buffer that all subscribers share, and each socket is flushed once afterwards (by its session).
     * Only neighbours are joined, so every socket sees all its channels in the order in which Laravel published.
     * If all that waited is one such buffer, each socket is flushed at once instead: a second walk over thousands of
     * them would find nothing of the first one in the processor's caches.
     * Counting costs a few additions for each run of events, however many sockets get them.
     * Sets compare by identity: a third of the memory of a HashSet, and no look at the subscribers themselves.
     */
    private static final Logger log = LoggerFactory.getLogger(LoopHub.class);
    private static final long MAX_WAITING_BYTES = 64 << 20;

    private final EventLoop loop;
    private final LongSupplier nanoTime;
    private final LoopCounters counters = new LoopCounters();
    private final Map<String, Set<Subscriber>> channels = new HashMap<>();
    private final Set<Subscriber> everybody = newSet();
    private final Queue<Delivery> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean corked;
    private final AtomicLong lost = new AtomicLong();

    LoopHub(EventLoop loop, LongSupplier nanoTime) {
        this.loop = loop;
        this.nanoTime = nanoTime;
    }

    private static Set<Subscriber> newSet() {
        return Collections.newSetFromMap(new IdentityHashMap<>(2)); // Most channels have one or two.
    }

    /** Runs {@code task} on this event loop, after what is already waiting there. Any thread. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** As {@link #execute(Runnable)}, after {@code delay}. */
    public void execute(Runnable task, Duration delay) {
        Future<?> unused = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The time on this event loop's clock, which is like {@link System#nanoTime}. */
    public long nanoTime() {
        return loop.ticker().nanoTime();
    }

    /** A socket is here from now on, as yet on no channel. */
    public void connect(Subscriber subscriber) {
        assert loop.inEventLoop();
        everybody.add(subscriber);
    }

    /** A socket is gone; it has left its channels before. */
    public void disconnect(Subscriber subscriber) {
        assert loop.inEventLoop();
        everybody.remove(subscriber);
    }

    /** {@code subscriber} gets what is broadcast on {@code channel} from now on. Idempotent. */
    public void enter(Channel channel, Subscriber subscriber) {
        assert loop.inEventLoop();
        if (channels.computeIfAbsent(channel.name(), name -> newSet()).add(subscriber)) {
            counters.entered(channel.kind());
            counters.channels(channels.size());
        }
    }

    /** {@code subscriber} gets nothing more from {@code channel}. Idempotent. */
    public void leave(Channel channel, Subscriber subscriber) {
        assert loop.inEventLoop();
        channels.computeIfPresent(channel.name(), (name, subscribers) -> {
            if (subscribers.remove(subscriber)) {
                counters.left(channel.kind());
            }
            return subscribers.isEmpty() ? null : subscribers;
        });
        counters.channels(channels.size());
    }

    /** How many channels have a subscriber on this loop. Any thread. */
    public long channelCount() {
        return counters.channels();
    }

    /** What was delivered, and who is on what. Any thread. */
    LoopCounters counters() {
        return counters;
    }

    /** How many deliveries found no room. Any thread. */
    long lost() {
        return lost.get();
    }

    /** Counts once the loop has time for it. Any thread; completes on the loop. */
    CompletionStage<Count> count(Selection selection) {
        CompletableFuture<Count> counted = new CompletableFuture<>();
        loop.execute(() -> counted.complete(new Count(everybody.size(), subscribers(selection))));
        return counted;
    }

    private Map<String, Integer> subscribers(Selection selection) {
        if (!selection.isPrefix()) {
            return Optional.ofNullable(channels.get(selection.name()))
                    .map(subscribers -> Map.of(selection.name(), subscribers.size()))
                    .orElse(Map.of());
        }
        Map<String, Integer> counts = new HashMap<>();
        channels.forEach((name, subscribers) -> {
            if (name.startsWith(selection.name())) {
                counts.put(name, subscribers.size());
            }
        });
        return counts;
    }

    /** The part of {@link Hub#joinedEndsOf} that is of this loop. Any thread. */
    CompletionStage<Set<String>> joinedEndsOf(String name) {
        return CompletableFuture.supplyAsync(() -> endsOf(name), loop);
    }

    private Set<String> endsOf(String name) {
        Set<String> joined = new HashSet<>();
        for (int from = 0; from < name.length(); from++) {
            String end = name.substring(from);
            if (channels.containsKey(end)) {
                joined.add(end);
            }
        }
        return joined;
    }

    /** Queues a delivery; takes over one reference to its frames. Any thread. */
    void offer(Delivery delivery) {
        int bytes = delivery.bytes();
        if (waitingBytes.addAndGet(bytes) > MAX_WAITING_BYTES) {
            waitingBytes.addAndGet(-bytes);
            delivery.frames().release();
            delivery.receipt().ifPresent(receipt -> receipt.lost(nanoTime.getAsLong() - delivery.receivedAt()));
            reportLost();
            return;
        }
        inbox.add(delivery);
        if (!corked) {
            schedule();
        }
    }

    /** Lets deliveries wait until {@link #uncork}. Any thread. */
    void cork() {
        corked = true;
    }

    /** Delivers what waits. Any thread. */
    void uncork() {
        corked = false;
        if (!inbox.isEmpty()) {
            schedule();
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    private void reportLost() {
        if (Long.bitCount(lost.incrementAndGet()) == 1) { // At 1, 2, 4, 8 …: an overload must not fill the log too.
            log.warn("Broadcasts come faster than they can be written: lost={} on one of the event loops", lost.get());
        }
    }

    private void drain() {
        scheduled.set(false); // Before looking: what is offered after the last look schedules the next round.
        List<Run> round = new ArrayList<>(1);
        Run run = new Run();
        for (Delivery next = inbox.poll(); next != null; next = inbox.poll()) {
            if (!run.takes(next)) {
                deliver(run, false);
                round.add(run);
                run = new Run();
            }
            run.add(next);
        }
        if (run.isEmpty()) {
            return;
        }
        boolean lone = round.isEmpty();
        deliver(run, lone);
        round.add(run);
        if (lone) {
            written(round);
        } else {
            loop.execute(() -> written(round)); // Behind the flush, which is a task, too.
        }
    }

    /** @param lone whether nothing else is sent in this round, so that no socket has to wait for it */
    private void deliver(Run run, boolean lone) {
        waitingBytes.addAndGet(-run.bytes());
        Set<Subscriber> subscribers =
                run.channel().equals(Delivery.EVERYBODY) ? everybody : channels.getOrDefault(run.channel(), Set.of());
        try {
            if (!subscribers.isEmpty()) {
                int sockets = run.binary().isPresent()
                        ? BinaryFanOut.send(run, run.binary().get(), subscribers)
                        : send(run, subscribers, lone);
                run.sentTo(sockets, sockets < subscribers.size());
                counters.delivered(run.events(), run.bytes(), sockets);
            }
        } finally {
            run.release();
        }
    }

    private static int send(Run run, Set<Subscriber> subscribers, boolean lone) {
        ByteBuf frames = run.frames();
        frames.retain(subscribers.size()); // Once for all: it is an atomic operation.
        int sockets = send(frames, subscribers, run.except(), lone);
        frames.release();
        return sockets;
    }

    /** Sending never changes the set: slow readers are closed later. Returns to how many it was sent. */
    private static int send(ByteBuf frames, Set<Subscriber> subscribers, Optional<SocketId> except, boolean lone) {
        int sockets = 0;
        for (Subscriber subscriber : subscribers) {
            if (except.isPresent() && subscriber.id().equals(except.get())) {
                frames.release();
                continue;
            }
            sockets++;
            if (lone) {
                subscriber.sendNow(frames);
            } else {
                subscriber.send(frames);
            }
        }
        return sockets;
    }

    private void written(List<Run> round) {
        long now = nanoTime.getAsLong();
        round.forEach(run -> run.written(now, counters.times()));
    }
}
