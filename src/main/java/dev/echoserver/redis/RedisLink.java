package dev.echoserver.redis;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.redis.RedisFailure.Kind;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One connection for the commands of this node, made again for ever when it is lost.
 *
 * <p>Commands of one thread take effect in the order in which they were sent; in a Cluster, those for one key. While there is no connection they fail at
 * once: nothing waits for it. Its state changes on the connector's clock. A change is logged once, a further failure only
 * if it is of a kind that was not logged since.
 */
public final class RedisLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MAX_WAITING = 100_000;
    /** What the subscription to the same Redis does not meet; of everything else it tells. */
    private static final Set<Kind> IS_HERE_ALONE =
            EnumSet.of(Kind.PERMISSION, Kind.OTHER_SERVER, Kind.NO_SLOTS, Kind.NODE_AWAY);

    /** What one dead node of a Cluster looks like, from one moment to the next. */
    private static final Set<Kind> OF_A_DEAD_NODE = EnumSet.of(Kind.OTHER_SERVER, Kind.NO_SLOTS, Kind.NODE_AWAY);

    private final RedisConnector connector;
    private final RedisConfig settings;
    private final ScheduledExecutorService clock;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final List<Runnable> whenConnected = new CopyOnWriteArrayList<>();
    private volatile Optional<CommandConnection> current = Optional.empty();
    private volatile Throwable trouble = new IOException("not connected yet");
    private final Set<Kind> logged = EnumSet.noneOf(Kind.class);
    private Optional<Future<?>> waitingToConnect = Optional.empty();
    private boolean isWarnedOf;
    private boolean isMoveOwed;
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private final int maxWaiting;
    private volatile boolean closed;

    /** Connects nothing yet. */
    public RedisLink(RedisConfig settings) {
        this(new RedisConnector(settings, PATIENCE), MAX_WAITING);
    }

    /** At most {@code maxWaiting} commands may wait for their answers; more fail at once. */
    RedisLink(RedisConnector connector, int maxWaiting) {
        this.maxWaiting = maxWaiting;
        this.connector = connector;
        this.settings = connector.settings();
        this.clock = connector.clock();
    }

    RedisConfig settings() {
        return settings;
    }

    /** Whether commands for different keys may take effect in another order than that in which they were sent. */
    boolean isSharded() {
        return settings.place() instanceof RedisPlace.Cluster;
    }

    /** The one thread for what is scheduled. */
    ScheduledExecutorService clock() {
        return clock;
    }

    /** From now on {@code action} runs on the clock each time there is a new connection. */
    void whenConnected(Runnable action) {
        whenConnected.add(action);
    }

    /** Begins to connect and returns at once. Once only, after those who use it were made. */
    public void open() {
        onClock(this::connect);
        connector.whenMasterMoves(this::move);
    }

    /**
     * Sends a command, or several of which the last one answers. Any thread; never throws, never blocks.
     *
     * @return fails with a {@link RedisUnavailableException}
     */
    <T> CompletionStage<T> send(Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        return sent(command).exceptionallyCompose(failure -> CompletableFuture.failedStage(unavailable(failure)));
    }

    private <T> CompletionStage<T> sent(
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        Optional<CommandConnection> connection = current;
        if (connection.isEmpty()) {
            return CompletableFuture.failedStage(trouble);
        }
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            return CompletableFuture.failedStage(new RedisCommandTimeoutException("too many commands wait"));
        }
        try {
            return command.apply(connection.get().commands())
                    .whenComplete((answer, failure) -> waiting.decrementAndGet());
        } catch (RuntimeException refused) { // The connection has just been lost.
            waiting.decrementAndGet();
            return CompletableFuture.failedStage(refused);
        }
    }

    private RedisUnavailableException unavailable(Throwable cause) {
        if (cause instanceof RedisUnavailableException said) {
            return said;
        }
        return new RedisUnavailableException(explain(cause), cause);
    }

    /** Why Redis cannot be used, and what helps, in one line. */
    String explain(Throwable failure) {
        return connector.failure(failure).explanation(settings);
    }

    /** Gives the connection up, because it does not answer; the next one is made at once. */
    void reconnect(Throwable cause) {
        onClock(() -> current.ifPresent(connection -> lose(connection, cause)));
    }

    /** Whether commands can be sent now. Any thread. */
    public boolean isConnected() {
        return current.isPresent();
    }

    /** How often it was connected again after it had not been. Any thread. */
    public long reconnects() {
        return Math.max(0, arrivals.get() - 1);
    }

    /** Ends the connection and its threads; blocks for a few seconds at most. Idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            trouble = new IOException("closed");
            current = Optional.empty();
            connector.close();
        }
    }

    private void connect() {
        if (!closed) {
            connector
                    .connectAsync()
                    .whenComplete((connection, failure) -> onClock(() -> {
                        if (failure == null) {
                            use(connection);
                        } else {
                            retry(failure);
                        }
                    }));
        }
    }

    private void use(CommandConnection connection) {
        connection.whenLost(() ->
                onClock(() -> lose(connection, new IOException("connection closed: Redis stopped, or CLIENT KILL"))));
        if (closed || !connection.isOpen()) {
            connection.close();
            retry(new IOException("connection closed at once"));
            return;
        }
        current = Optional.of(connection);
        if (isMoveOwed) {
            move();
            return;
        }
        arrivals.incrementAndGet();
        log.debug("Connected to Redis: address={} db={}", settings.address(), settings.db());
        if (whenConnected.isEmpty()) {
            proven(); // Nobody else would say so.
        }
        whenConnected.forEach(Runnable::run);
    }

    /**
     * The connection does what it is for, so the next failure is a new one. On the clock. Only to connect proves nothing: a
     * replica lets everybody in, and then refuses what is written.
     */
    void proven() {
        if (isWarnedOf) {
            log.info("Redis can be used again for presence and other nodes: address={}", settings.address());
        }
        isWarnedOf = false;
        logged.clear();
        backoff.reset();
    }

    private void lose(CommandConnection connection, Throwable cause) {
        if (!closed && current.filter(connection::equals).isPresent()) {
            trouble = cause;
            current = Optional.empty();
            connection.close();
            retry(cause);
        }
    }

    private void retry(Throwable cause) {
        if (closed) {
            return;
        }
        trouble = cause;
        RedisFailure failure = connector.failure(cause);
        if (logged.addAll(OF_A_DEAD_NODE.contains(failure.kind()) ? OF_A_DEAD_NODE : Set.of(failure.kind()))) {
            boolean isHereAlone = IS_HERE_ALONE.contains(failure.kind()) || ClusterNodeException.isCauseOf(cause);
            isWarnedOf |= isHereAlone;
            log.atLevel(isHereAlone ? Level.WARN : Level.DEBUG)
                    .log(
                            "No connection to Redis for presence and other nodes; trying again all the time:"
                                    + " address={} reason=\"{}\" cure=\"{}\"",
                            settings.address(),
                            failure.reason(),
                            failure.cure(settings));
        }
        connectLater();
    }

    /** There is another master: what is written on the old one is lost. On the clock. */
    private void move() {
        isMoveOwed = false;
        current.ifPresent(old -> lose(old, new IOException("another server is the master now")));
        if (waitingToConnect.filter(attempt -> attempt.cancel(false)).isPresent()) {
            connect(); // At once.
        } else {
            isMoveOwed = true; // An attempt is under way, perhaps to the old one.
        }
    }

    private void connectLater() {
        try {
            waitingToConnect = Optional.of(
                    clock.schedule(() -> guarded(this::connect), backoff.next().toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException ending) {
            log.trace("Closed meanwhile", ending);
        }
    }

    private void onClock(Runnable step) {
        try {
            clock.execute(() -> guarded(step));
        } catch (RejectedExecutionException ending) {
            log.trace("Closed meanwhile", ending);
        }
    }

    /** A bug in one step must not end the keeping. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            if (!closed) { // What fails after that fails because of it.
                log.error("Connection step failed: address={}", settings.address(), bug);
                current.ifPresentOrElse(connection -> lose(connection, bug), () -> retry(bug));
            }
        }
    }
}
