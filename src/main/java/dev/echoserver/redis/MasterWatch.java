package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.HostPort;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens, for ever, to what one Sentinel says of the master, because an old master keeps its connections for ten seconds
 * after a planned failover, and nothing comes over them. All of it on the connector's clock.
 *
 * <p>Source: {@code sentinel.c#sentinelEvent}. The Sentinel that leads a failover says {@code +promoted-slave} as soon as
 * it names the new master to who asks; the others follow with {@code +switch-master}.
 */
final class MasterWatch {
    private static final Logger log = LoggerFactory.getLogger(MasterWatch.class);
    private static final byte[] PROMOTED = "+promoted-slave".getBytes(UTF_8);
    private static final byte[] SWITCHED = "+switch-master".getBytes(UTF_8);
    private static final Duration PING_EVERY = Duration.ofSeconds(10);
    private static final Duration REFUSED_PAUSE = Duration.ofMinutes(1);

    private final HostPort sentinel;
    private final String master;
    private final Supplier<CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>>> connect;
    private final ScheduledExecutorService clock;
    private final Listener listener;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private Optional<StatefulRedisPubSubConnection<byte[], byte[]>> current = Optional.empty();

    /** Who is told, on the clock. */
    interface Listener {
        /** Another server is the master. */
        void moved(HostPort master);

        /** The Sentinel does not let us listen, for this {@code reason}. */
        void forbidden(String reason);
    }

    /** {@code connecting} is to {@code sentinel}; {@code master} is the name of the master. */
    MasterWatch(HostPort sentinel, String master, Connecting connecting, Listener listener) {
        this.sentinel = sentinel;
        this.master = master;
        this.connect = connecting.connect();
        this.clock = connecting.clock();
        this.listener = listener;
    }

    /** How to connect to the Sentinel, and where what follows runs. */
    record Connecting(
            Supplier<CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>>> connect,
            ScheduledExecutorService clock) {}

    /** Returns at once. Ends with the clock. */
    void start() {
        onClock(this::connect);
    }

    private void connect() {
        connect.get()
                .whenComplete((connection, failure) -> onClock(() -> {
                    if (failure == null) {
                        subscribe(connection);
                    } else {
                        retry(failure);
                    }
                }));
    }

    private void subscribe(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        current = Optional.of(connection);
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(byte[] event, byte[] text) {
                newMaster(master, new String(event, UTF_8), new String(text, UTF_8))
                        .ifPresent(address -> onClock(() -> listener.moved(address)));
            }
        });
        connection.addListener(
                new WhenLost(() -> onClock(() -> lose(connection, new IOException("connection closed")))));
        connection
                .async()
                .subscribe(SWITCHED, PROMOTED)
                .whenComplete((none, failure) -> onClock(() -> {
                    if (failure == null) {
                        pingLater(connection);
                    } else {
                        lose(connection, failure);
                    }
                }));
    }

    /** The address in an event of Sentinel about the master {@code name}; empty if it is about something else. */
    static Optional<HostPort> newMaster(String name, String event, String text) {
        String[] words = text.split(" ", -1);
        try {
            if (event.equals("+switch-master") && words.length >= 5 && words[0].equals(name)) {
                return Optional.of(new HostPort(words[3], Integer.parseInt(words[4])));
            }
            if (event.equals("+promoted-slave") && words.length >= 6 && words[5].equals(name)) {
                return Optional.of(new HostPort(words[2], Integer.parseInt(words[3])));
            }
        } catch (NumberFormatException noPort) {
            log.debug("Not understood: event={} text={}", event, text, noPort);
        }
        return Optional.empty();
    }

    private void pingLater(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        later(
                PING_EVERY,
                () -> connection
                        .async()
                        .ping()
                        .whenComplete((pong, failure) -> onClock(() -> {
                            if (failure != null && !RedisFailure.isAnswer(failure)) {
                                lose(connection, failure);
                            } else if (current.filter(connection::equals).isPresent()) {
                                backoff.reset();
                                pingLater(connection);
                            }
                        })));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What cannot be closed is gone already.
    private void lose(StatefulRedisPubSubConnection<byte[], byte[]> connection, Throwable cause) {
        if (current.filter(connection::equals).isPresent()) {
            current = Optional.empty();
            connection.closeAsync();
            retry(cause);
        }
    }

    /** One Sentinel that is away is no trouble; a missing permission is, and will not go away by itself. */
    private void retry(Throwable cause) {
        RedisFailure failure = RedisFailure.of(cause);
        boolean isForbidden = failure.kind() == RedisFailure.Kind.PERMISSION;
        log.debug("Not listening to a Sentinel: sentinel={} reason={}", sentinel, failure.reason());
        if (isForbidden) {
            listener.forbidden(failure.reason());
        }
        later(isForbidden ? REFUSED_PAUSE : backoff.next(), this::connect);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Fails only when closed.
    private void later(Duration pause, Runnable step) {
        try {
            clock.schedule(() -> guarded(step), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            log.trace("Closed meanwhile", closed);
        }
    }

    private void onClock(Runnable step) {
        try {
            clock.execute(() -> guarded(step));
        } catch (RejectedExecutionException closed) {
            log.trace("Closed meanwhile", closed);
        }
    }

    /** What fails in closing must not be told, and a bug must not end the clock. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            if (!clock.isShutdown()) {
                log.error("Sentinel is not listened to any more: sentinel={}", sentinel, bug);
            }
        }
    }
}
