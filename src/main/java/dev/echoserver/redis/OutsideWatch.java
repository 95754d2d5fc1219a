package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.json.Envelope;
import dev.echoserver.json.EnvelopeScanner;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows broadcasts outside the own prefix to somebody, on a connection of its own that listens to all of Redis. Pauses
 * while others have much to say.
 *
 * <p>Nothing depends on it: what fails here, such as a missing permission, is not reported. Its state changes on the
 * connector's clock.
 */
final class OutsideWatch implements MessageListener {
    private static final Logger log = LoggerFactory.getLogger(OutsideWatch.class);
    private static final String ALL = "*";
    private static final int MAX_PER_SECOND = 2_000_000;
    private static final long OF_EACH_MESSAGE = 2_000;
    private static final long PAUSE_SECONDS = 60;

    private final Supplier<CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>>> entrance;
    private final ScheduledExecutorService clock;
    private final Outside outside;
    private final byte[] prefix;
    private final PerSecond traffic;
    private Optional<StatefulRedisPubSubConnection<byte[], byte[]>> current = Optional.empty();

    /** Who is shown what is outside. */
    interface Outside {
        /** Whether nothing more is to be shown. Any thread. */
        boolean isOver();

        /** A broadcast came under the own prefix. On {@code redis-io}. */
        void own();

        /** One came on {@code channelName}, elsewhere. On {@code redis-io}. */
        void foreign(byte[] channelName, Envelope broadcast);
    }

    OutsideWatch(RedisConnector connector, Outside outside, LongSupplier nanoTime) {
        this.entrance = connector.listening(ALL, this);
        this.clock = connector.clock();
        this.outside = outside;
        this.prefix = connector.settings().keyPrefix().getBytes(UTF_8);
        this.traffic = new PerSecond(MAX_PER_SECOND, nanoTime);
    }

    /** Begins, or begins anew after Redis was away; without a prefix there is nothing outside. Any thread. */
    void start() {
        onClock(this::connect);
    }

    private void connect() {
        close();
        if (outside.isOver() || prefix.length == 0) {
            return;
        }
        entrance.get()
                .whenComplete((connection, failure) -> onClock(() -> {
                    if (failure == null) {
                        listen(connection);
                    } else {
                        log.debug("Prefixes are not watched", failure);
                    }
                }));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Without the permission there is nothing to hear, and no harm.
    private void listen(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        close();
        current = Optional.of(connection);
        connection.async().psubscribe(ALL.getBytes(UTF_8));
    }

    @Override
    public void message(byte[] channelName, byte[] payload) {
        if (!outside.isOver()) {
            look(channelName, payload);
        }
        if (outside.isOver()) {
            onClock(this::close);
        }
    }

    private void look(byte[] channelName, byte[] payload) {
        if (!traffic.allow(OF_EACH_MESSAGE + payload.length)) {
            onClock(this::pause);
        } else if (EnvelopeScanner.scan(payload) instanceof Envelope broadcast) {
            if (isOwn(channelName)) {
                outside.own();
            } else {
                outside.foreign(channelName, broadcast);
            }
        }
    }

    @Override
    public int worth(byte[] channelName) {
        return MAX_PER_SECOND;
    }

    private boolean isOwn(byte[] name) {
        return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Fails only when closed.
    private void pause() {
        if (current.isPresent()) {
            close();
            clock.schedule(this::connect, PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What cannot be closed is gone already.
    private void close() {
        current.ifPresent(connection -> connection.closeAsync());
        current = Optional.empty();
    }

    private void onClock(Runnable step) {
        try {
            clock.execute(step);
        } catch (RejectedExecutionException closed) {
            log.trace("Closed meanwhile", closed);
        }
    }
}
