package dev.echoserver.redis;

import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.config.RedisConfig;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps everything that begins with the key prefix subscribed, for ever.
 *
 * <pre>
 *   connecting ──connected──▶ subscribing ──acknowledged──▶ listening
 *    ▲      └──────failed────────┐  │ refused or lost           │ lost, or silent when pinged
 *    └─────after a pause────── waiting ◀────────────────────────┘
 * </pre>
 *
 * <p>All of it runs on the connector's clock; messages go from the I/O thread to the listener directly. A connection is
 * closed before the next one is made, except when Sentinels name a new master, so nothing comes twice. A change is logged once, a further failure only if it is
 * of another kind.
 */
final class RedisSubscription {
    private static final Logger log = LoggerFactory.getLogger(RedisSubscription.class);

    private static final String CLOSED = "connection closed: Redis stopped, or CLIENT KILL,"
            + " or more than its client-output-buffer-limit pubsub waited for us";

    private final PatternEntrance entrance;
    private final RedisConfig settings;
    private final ScheduledExecutorService clock;
    private final Listeners listeners;
    private final Duration pingEvery;
    private final LongSupplier nanoTime;
    private final String pattern;
    private final CountedReads reads;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());

    private Optional<StatefulRedisPubSubConnection<byte[], byte[]>> current = Optional.empty();
    private Optional<Future<?>> timer = Optional.empty();
    private Optional<RedisFailure.Kind> trouble = Optional.empty();
    private long awaySince;
    private boolean isMoveOwed;
    private volatile boolean stopped;
    private volatile boolean listening;

    /** Who hears of messages, on {@code redis-io}, and who of the state, on the connector's clock. */
    record Listeners(MessageListener messages, SourceListener state) {}

    RedisSubscription(RedisConnector connector, Listeners listeners, Duration pingEvery, LongSupplier nanoTime) {
        this.settings = connector.settings();
        this.clock = connector.clock();
        this.listeners = listeners;
        this.pingEvery = pingEvery;
        this.nanoTime = nanoTime;
        this.pattern = GlobPattern.startingWith(settings.keyPrefix());
        this.reads = new CountedReads(listeners.messages());
        this.entrance = new PatternEntrance(connector.listening(pattern, reads), pattern);
    }

    /** Returns at once. */
    void start() {
        onClock(() -> {
            awaySince = nanoTime.getAsLong();
            connect();
        });
    }

    /**
     * Another server is to be listened to from now on. The present one is left only when that has acknowledged, because a
     * few publishers still use it; what it gets is not passed on to the other any more, so nothing comes twice. On the
     * clock.
     */
    void move() {
        long since = nanoTime.getAsLong();
        if (listening) {
            current.ifPresent(old -> replace(old, since));
        } else if (timer.filter(attempt -> attempt.cancel(false)).isPresent()) {
            connect(); // At once.
        } else {
            isMoveOwed = true; // An attempt is under way, perhaps to the old one.
        }
    }

    /** Returns at once. The connection itself is closed with the connector, which must follow. */
    void stop() {
        stopped = true; // At once: what fails from now on fails because of it.
        listening = false;
        onClock(() -> timer.ifPresent(waiting -> waiting.cancel(false)));
    }

    boolean isListening() {
        return listening;
    }

    private void connect() {
        if (stopped) {
            return;
        }
        entrance.connect()
                .whenComplete((connection, failure) -> onClock(() -> {
                    if (failure != null) {
                        retry(failure);
                    } else if (stopped) {
                        PatternEntrance.close(connection);
                    } else {
                        subscribe(connection);
                    }
                }));
    }

    private void subscribe(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        keep(connection);
        entrance.subscribe(connection)
                .whenComplete((none, failure) -> onClock(() -> {
                    if (failure != null) {
                        lose(connection, failure);
                    } else if (isCurrent(connection)) {
                        listen(connection);
                    }
                }));
    }

    private void keep(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        current = Optional.of(connection);
        connection.addListener(new WhenLost(() -> onClock(() -> lose(connection, new IOException(CLOSED)))));
    }

    private void listen(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        listening = true;
        if (trouble.isEmpty()) {
            log.info("Listening to Redis: address={} pattern={}", settings.address(), pattern);
        } else {
            Duration away = Duration.ofNanos(nanoTime.getAsLong() - awaySince);
            log.info(
                    "Listening to Redis again: address={} pattern={} awayMillis={}",
                    settings.address(),
                    pattern,
                    away.toMillis());
        }
        settle(connection);
        if (isMoveOwed) {
            isMoveOwed = false;
            move();
        }
    }

    private void settle(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        trouble = Optional.empty();
        listeners.state().listening();
        after(pingEvery, () -> ping(connection));
    }

    private void replace(StatefulRedisPubSubConnection<byte[], byte[]> old, long since) {
        entrance.connectAndSubscribe()
                .whenComplete((fresh, failure) -> onClock(() -> {
                    if (failure != null) {
                        lose(old, failure, since);
                    } else if (stopped || !listening) {
                        PatternEntrance.close(fresh);
                    } else {
                        take(fresh, since);
                    }
                }));
    }

    private void take(StatefulRedisPubSubConnection<byte[], byte[]> fresh, long since) {
        timer.ifPresent(waiting -> waiting.cancel(false));
        current.ifPresent(PatternEntrance::close);
        keep(fresh);
        log.info(
                "Listening to the new master of Redis; what was published there before this line is lost:"
                        + " address={} pattern={} namedMillisAgo={}",
                settings.address(),
                pattern,
                Duration.ofNanos(nanoTime.getAsLong() - since).toMillis());
        settle(fresh);
    }

    /**
     * A peer that vanished without closing the connection is noticed only by asking it something. The answer queues
     * behind broadcasts that wait to be read, so as long as those come in, a late one is no reason to throw them away.
     */
    private void ping(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        long before = reads.count();
        long asked = nanoTime.getAsLong();
        connection
                .async()
                .ping()
                .whenComplete((pong, failure) -> onClock(() -> {
                    if (failure != null && !RedisFailure.isAnswer(failure) && reads.count() == before) {
                        lose(connection, failure, asked);
                    } else if (isCurrent(connection)) {
                        backoff.reset(); // Only now: a Redis that accepts and drops us at once must not be hammered.
                        after(pingEvery, () -> ping(connection));
                    }
                }));
    }

    private void lose(StatefulRedisPubSubConnection<byte[], byte[]> connection, Throwable cause) {
        lose(connection, cause, nanoTime.getAsLong());
    }

    private void lose(StatefulRedisPubSubConnection<byte[], byte[]> connection, Throwable cause, long since) {
        if (!stopped && isCurrent(connection)) {
            if (listening) {
                awaySince = since;
            }
            disconnect();
            retry(cause);
        }
    }

    private void disconnect() {
        listening = false;
        timer.ifPresent(waiting -> waiting.cancel(false));
        current.ifPresent(PatternEntrance::close);
        current = Optional.empty();
    }

    private void retry(Throwable cause) {
        if (stopped) {
            return; // Closing is what made it fail.
        }
        RedisFailure failure = RedisFailure.of(cause);
        if (!trouble.equals(Optional.of(failure.kind()))) {
            trouble = Optional.of(failure.kind());
            log.warn(
                    "Not listening to Redis, broadcasts are lost until it is back; trying again all the time:"
                            + " address={} reason=\"{}\" cure=\"{}\"",
                    settings.address(),
                    failure.reason(),
                    failure.cure(settings));
            listeners.state().lost(failure.reason());
        }
        after(backoff.next(), this::connect);
    }

    private boolean isCurrent(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        return current.filter(own -> own == connection).isPresent();
    }

    private void after(Duration pause, Runnable step) {
        try {
            timer = Optional.of(clock.schedule(guarded(step), pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException closed) {
            log.trace("Closed meanwhile", closed);
        }
    }

    private void onClock(Runnable step) {
        try {
            clock.execute(guarded(step));
        } catch (RejectedExecutionException closed) {
            log.trace("Closed meanwhile", closed);
        }
    }

    /** A bug in one step must not end the keeping: the step's own retry is lost with it, so there is another one. */
    private Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException bug) {
                if (!stopped) {
                    log.error("Subscription step failed: address={}", settings.address(), bug);
                    disconnect();
                    retry(bug);
                }
            }
        };
    }
}
