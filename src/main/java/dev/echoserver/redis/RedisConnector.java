package dev.echoserver.redis;

import dev.echoserver.config.RedisConfig;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Makes connections to one Redis. Has few threads: {@code redis-io} for all its connections, {@code redis-clock} for what
 * is scheduled.
 *
 * <p>A connection that breaks stays broken: whoever made it decides what to do. RESP 2 is spoken because every server and
 * proxy knows it, and because it needs no permission besides those for the commands themselves.
 */
final class RedisConnector implements AutoCloseable {
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final RedisConfig settings;
    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI uri;

    /** Connects nothing yet. A connect or a command that takes longer than {@code patience} fails. */
    RedisConnector(RedisConfig settings, Duration patience) {
        this.settings = settings;
        this.uri = uri(settings, patience);
        this.resources = ClientResources.builder()
                .eventLoopGroupProvider(new DefaultEventLoopGroupProvider(1, pool -> threads("redis-io")))
                .threadFactoryProvider(pool -> threads("redis-clock"))
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(options(patience));
    }

    RedisConfig settings() {
        return settings;
    }

    /** Completes, or fails, on any of the threads. */
    CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connectPubSub() {
        return client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri);
    }

    /** Blocks until connected. */
    StatefulRedisConnection<byte[], byte[]> connect() {
        return client.connect(ByteArrayCodec.INSTANCE, uri);
    }

    /** As {@link #connect()}, in the database of the settings. Completes, or fails, on any of the threads. */
    CompletionStage<StatefulRedisConnection<byte[], byte[]>> connectAsync() {
        RedisURI inDatabase = RedisURI.builder(uri).withDatabase(settings.db()).build();
        return client.connectAsync(ByteArrayCodec.INSTANCE, inDatabase);
    }

    /** The one thread for what is scheduled. Ends with this; then it rejects. */
    ScheduledExecutorService clock() {
        return resources.eventExecutorGroup().next();
    }

    /** Closes all connections and ends all threads, or gives up on them after a few seconds. */
    @Override
    public void close() {
        client.shutdown(Duration.ZERO, SHUTDOWN);
        long millis = SHUTDOWN.toMillis();
        resources
                .eventLoopGroupProvider()
                .shutdown(0, millis, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * millis);
        resources.shutdown(0, millis, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * millis);
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            Thread thread = new FastThreadLocalThread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static ClientOptions options(Duration patience) {
        return ClientOptions.builder()
                .autoReconnect(false)
                .pingBeforeActivateConnection(false)
                .protocolVersion(ProtocolVersion.RESP2)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.enabled(patience))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(patience)
                        .keepAlive(true)
                        .build())
                .build();
    }

    private static RedisURI uri(RedisConfig settings, Duration patience) {
        RedisURI.Builder builder = settings.path()
                .map(RedisURI.Builder::socket)
                .orElseGet(() -> RedisURI.Builder.redis(settings.host(), settings.port()));
        builder.withTimeout(patience).withClientName("echo-server");
        if (settings.username().isPresent()) {
            builder.withAuthentication(
                    settings.username().get(), settings.password().orElse(""));
        } else {
            settings.password().ifPresent(builder::withPassword);
        }
        return builder.build();
    }
}
