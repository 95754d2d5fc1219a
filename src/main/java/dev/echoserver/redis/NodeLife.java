package dev.echoserver.redis;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeat of this node, and its ears for those of the others.
 *
 * <p>A node has a name for as long as Redis certainly knows what it did under it. After anything else (the connection was
 * lost, a command was never answered, others took the node for dead) it takes a new name and has its sockets join again,
 * which moves them to that name. What is left under the old one when that expires has left meanwhile, and is buried like
 * a dead node's. So nothing has to be remembered here, and nobody who stayed is announced as leaving.
 *
 * <p>Everything runs on the link's clock unless said otherwise.
 */
final class NodeLife {
    private static final Logger log = LoggerFactory.getLogger(NodeLife.class);

    private static final int RECENT = 64;

    private final RedisLink link;
    private final ScheduledExecutorService clock;
    private final NodeRegister register;
    private final Burial burial;
    private final Rhythm rhythm;
    private final Runnable refresh;
    private final Set<String> burials = new HashSet<>();
    private volatile Optional<String> name = Optional.empty();
    private volatile List<String> recentNames = List.of();
    private volatile boolean doubted;
    private volatile boolean isJoinOwed;
    private volatile boolean stopped;
    private boolean isStranger = true;
    private boolean isBusy;
    private long beats;
    private String refusal = "";

    /**
     * How fast a heart beats.
     *
     * @param beat from one beat to the next
     * @param expiry after how much silence a node is dead; a multiple of {@code beat}
     */
    record Rhythm(Duration beat, Duration expiry) {
        /** A dead node's members are gone 20 seconds later. */
        static final Rhythm NORMAL = new Rhythm(Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    /** What is done for the dead, and when the node itself has a new name. */
    record Duties(NodeRegister register, Burial burial, Runnable refresh) {}

    NodeLife(RedisLink link, Duties duties, Rhythm rhythm) {
        this.link = link;
        this.clock = link.clock();
        this.register = duties.register();
        this.burial = duties.burial();
        this.refresh = duties.refresh();
        this.rhythm = rhythm;
    }

    /** Before the link is opened. */
    @SuppressWarnings("FutureReturnValueIgnored") // Steps do not fail, and end with the clock.
    void start() {
        long nanos = rhythm.beat().toNanos();
        link.whenConnected(this::arrive);
        clock.scheduleWithFixedDelay(this::step, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** The node's present name, once Redis knows it. Any thread. */
    Optional<String> name() {
        return name;
    }

    /** All names under which Redis may take this node for alive, and older ones. Any thread. */
    List<String> recentNames() {
        return recentNames;
    }

    /** Redis may not have done what it was asked to. Any thread. */
    void doubt() {
        doubted = true;
    }

    /** Redis refused a join for a reason that will pass. When it takes a heartbeat, sockets join again. Any thread. */
    void oweJoin() {
        isJoinOwed = true;
    }

    /** Ends the beating, and has all own sockets leave. Any thread. */
    CompletionStage<Void> stop() {
        stopped = true;
        Optional<String> own = name;
        name = Optional.empty();
        return own.map(burial::of).orElseGet(() -> CompletableFuture.completedStage(null));
    }

    private void arrive() {
        isStranger = true;
        step();
    }

    private void step() {
        if (stopped || isBusy || !link.isConnected()) {
            return;
        }
        isBusy = true;
        CompletionStage<Void> done = needsNewName() ? rename() : beat();
        done.whenComplete((none, failure) -> onClock(() -> settle(Optional.ofNullable(failure))));
    }

    private void settle(Optional<Throwable> failure) {
        isBusy = false;
        if (failure.isPresent()) {
            fail(failure.get());
        } else {
            work();
        }
    }

    private void work() {
        if (!refusal.isEmpty()) {
            log.info("Redis takes the heartbeat of this node again");
        }
        refusal = "";
        link.proven();
        if (isStranger) {
            step();
        } else if (isJoinOwed) {
            refresh();
        }
    }

    /** A doubt alone can wait for as long as the last name lives: if Redis is slow, new names make it slower. */
    private boolean needsNewName() {
        return isStranger
                || (doubted && beats * rhythm.beat().toNanos() > rhythm.expiry().toNanos());
    }

    private CompletionStage<Void> rename() {
        String fresh = UUID.randomUUID().toString();
        isStranger = false;
        doubted = false; // Before it is sent: a doubt from now on is another one.
        beats = 0;
        recentNames = Stream.concat(Stream.of(fresh), recentNames.stream())
                .limit(RECENT)
                .toList(); // Before it is sent: Redis may know it although it never says so.
        return register.enter(fresh, name.orElse("")).thenAcceptAsync(entered -> live(fresh), clock);
    }

    private void live(String fresh) {
        if (!stopped) {
            log.debug("This node has a new name: node={}", fresh);
            name = Optional.of(fresh);
            refresh();
        }
    }

    private void refresh() {
        isJoinOwed = false;
        try {
            refresh.run();
        } catch (RuntimeException bug) {
            log.error("Sockets were not asked to join again", bug);
        }
    }

    private CompletionStage<Void> beat() {
        beats++;
        return register.beat(name.orElseThrow(), rhythm.expiry()).thenAcceptAsync(this::heed, clock);
    }

    private void heed(NodeRegister.Beat beat) {
        if (!beat.isAlive() && !stopped) {
            log.warn("This node was taken for dead, or Redis was emptied: its sockets join again");
            isStranger = true;
        }
        beat.dead().forEach(this::bury);
    }

    private void bury(String dead) {
        if (burials.add(dead)) {
            log.info("Taking out the sockets that are left of a node: node={}", dead);
            burial.of(dead)
                    .whenComplete((none, failure) -> onClock(() -> {
                        burials.remove(dead); // If it failed, the next beat names it again.
                        log.debug("Took them out: node={}", dead, failure);
                    }));
        }
    }

    private void fail(Throwable failure) {
        isStranger = true;
        if (RedisFailure.needsReconnect(failure)) {
            link.reconnect(failure);
        } else if (!refusal.equals(RedisFailure.of(failure).reason())) {
            refusal = RedisFailure.of(failure).reason();
            log.warn("Redis refuses the heartbeat of this node: {}", link.explain(failure));
        }
    }

    private void onClock(Runnable step) {
        try {
            clock.execute(step);
        } catch (RejectedExecutionException ending) {
            log.trace("Closed meanwhile", ending);
        }
    }
}
