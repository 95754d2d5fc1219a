package dev.echoserver.redis;

import dev.echoserver.config.HostPort;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.tls.TlsException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to Sentinels: to ask them for the master, and to hear when it is another one. */
final class SentinelConnections {
    private static final Logger log = LoggerFactory.getLogger(SentinelConnections.class);

    private final RedisClient client;
    private final RedisPlace.Sentinels place;
    private final RedisAccess access;
    private final Entrance entrance;
    private final MasterFinder finder;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Connects nothing yet. {@code client} is for these alone. */
    SentinelConnections(RedisClient client, RedisPlace.Sentinels place, RedisAccess access, Entrance entrance) {
        this.client = client;
        this.place = place;
        this.access = access;
        this.entrance = entrance;
        this.finder = new MasterFinder(client, access::uri, entrance, place);
    }

    /**
     * Completes, or fails, on any of the threads.
     *
     * @throws TlsException if certificates cannot be read
     */
    CompletionStage<HostPort> master() {
        client.setOptions(access.options());
        return finder.master();
    }

    /** From now on, and for as long as {@code clock} runs, {@code action} runs on it when the master is another one. */
    void watch(UnderWay attempts, ScheduledExecutorService clock, Runnable action) {
        for (HostPort sentinel : place.at()) {
            MasterWatch.Connecting connecting =
                    new MasterWatch.Connecting(() -> attempts.begin(() -> listen(sentinel)), clock);
            new MasterWatch(sentinel, place.name(), connecting, toldBy(sentinel, action)).start();
        }
    }

    private CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> listen(HostPort sentinel) {
        try {
            client.setOptions(access.options());
            return entrance.to(access.uri(sentinel), uri -> client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri));
        } catch (TlsException unreadable) {
            return CompletableFuture.failedStage(unreadable);
        }
    }

    private MasterWatch.Listener toldBy(HostPort sentinel, Runnable action) {
        return new MasterWatch.Listener() {
            @Override
            public void moved(HostPort master) {
                if (!finder.isKnown(master)) { // Several Sentinels say the same.
                    finder.trust(sentinel);
                    action.run();
                }
            }

            @Override
            public void forbidden(String reason) {
                warn(sentinel, reason);
            }
        };
    }

    private void warn(HostPort sentinel, String reason) {
        if (warned.compareAndSet(false, true)) {
            log.warn(
                    "Sentinel does not tell of a new master, so a planned failover would be noticed 10 seconds late:"
                            + " sentinel={} reason=\"{}\" cure=\"run on each Sentinel: ACL SETUSER {} +subscribe +ping"
                            + " &+switch-master &+promoted-slave\"",
                    sentinel,
                    reason,
                    place.login().username().orElse("default"));
        }
    }

    /** Blocks for {@code patience} at most. */
    void close(Duration patience) {
        client.shutdown(Duration.ZERO, patience);
    }
}
