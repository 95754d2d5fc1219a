package dev.echoserver.redis;

import dev.echoserver.config.HostPort;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.RedisPlace;
import dev.echoserver.tls.TlsException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.internal.HostAndPort;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.MappingSocketAddressResolver;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes connections to one Redis, however many servers it is made of. Has few threads: {@code redis-io} for all its
 * connections, {@code redis-clock} for what is scheduled.
 *
 * <p>A connection that breaks stays broken: whoever made it decides what to do. Each new one asks the Sentinels anew for
 * the master, takes another node of a Cluster, and resolves names again. RESP 2 is spoken because every server and proxy
 * knows it, and because it needs no permission besides those for the commands themselves.
 */
final class RedisConnector implements AutoCloseable {
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    /** With none, the thread ends before it closes what was registered with it last; commands in a Cluster connect, too. */
    private static final long QUIET_MILLIS = 1;

    private final RedisConfig settings;
    private final RedisAccess access;
    private final Entrance entrance = new Entrance("databaseConfig.redis.password");
    private final Entrance toSentinels = new Entrance("databaseConfig.redis.sentinelPassword");
    private final ClientResources resources;
    private final RedisClient client;
    private final List<RedisClient> listening = new CopyOnWriteArrayList<>();
    private final Optional<SentinelConnections> sentinels;
    private final Attempts<RedisURI> servers;
    private final ClusterConnections cluster;
    private final UnderWay attempts = new UnderWay();

    /** Connects nothing yet. A connect or a command that takes longer than {@code patience} fails. */
    RedisConnector(RedisConfig settings, Duration patience) {
        this.settings = settings;
        this.access = RedisAccess.of(settings, patience);
        this.resources = resources(settings);
        this.client = RedisClient.create(resources);
        this.sentinels = settings.place() instanceof RedisPlace.Sentinels place
                ? Optional.of(new SentinelConnections(
                        RedisClient.create(resources),
                        place,
                        new RedisAccess(place.login(), place.tls(), settings.connectionName(), patience),
                        toSentinels))
                : Optional.empty();
        this.servers = new Attempts<>(servers());
        this.cluster = new ClusterConnections(resources, SHUTDOWN);
    }

    /** Those that are known beforehand. */
    private List<RedisURI> servers() {
        if (settings.place() instanceof RedisPlace.Server server) {
            return List.of(access.uri(server.at()));
        }
        if (settings.place() instanceof RedisPlace.SocketFile file) {
            return List.of(access.uri(file.path()));
        }
        return settings.place() instanceof RedisPlace.Cluster known
                ? known.nodes().stream().map(access::uri).toList()
                : List.of();
    }

    private static ClientResources resources(RedisConfig settings) {
        return ClientResources.builder()
                .eventLoopGroupProvider(new KeptThreads(threads("redis-io")))
                .nettyCustomizer(FirstAnswer.EACH)
                .threadFactoryProvider(pool -> threads("redis-clock"))
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .socketAddressResolver(MappingSocketAddressResolver.create(
                        DnsResolvers.UNRESOLVED, announced -> reachable(announced, settings)))
                .build();
    }

    private static HostAndPort reachable(HostAndPort announced, RedisConfig settings) {
        HostPort key = new HostPort(announced.getHostText(), announced.getPort());
        HostPort value = settings.natMap().getOrDefault(key, key);
        return HostAndPort.of(value.host(), value.port());
    }

    /** Whether a server did not ask for the password that is set. */
    boolean isWithoutPassword() {
        return entrance.isWithoutPassword() || toSentinels.isWithoutPassword();
    }

    RedisConfig settings() {
        return settings;
    }

    /**
     * From now on {@code action} runs on the clock each time Sentinels say that another server is the master now. Whoever
     * connects after that is led to it.
     */
    void whenMasterMoves(Runnable action) {
        sentinels.ifPresent(asked -> asked.watch(attempts, clock(), action));
    }

    /** Why Redis cannot be used; in a Cluster, the master that is away, if one is known to be. */
    RedisFailure failure(Throwable thrown) {
        RedisFailure said = RedisFailure.of(thrown);
        return cluster.masterAway()
                .filter(away -> said.isOfOneNode())
                .map(away -> RedisFailure.of(away))
                .orElse(said);
    }

    /**
     * A way to connect, as often as needed, for what is published on names that match {@code pattern}; to subscribe is up
     * to who connects. It completes, or fails, on any of the threads. What is published anywhere in a Cluster arrives on
     * any node.
     */
    Supplier<CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>>> listening(
            String pattern, MessageListener messages) {
        ClientResources reading = resources
                .mutate()
                .eventLoopGroupProvider(resources.eventLoopGroupProvider())
                .nettyCustomizer(reader(() -> new MessageReader(pattern, messages)))
                .build();
        RedisClient own = RedisClient.create(reading);
        listening.add(own);
        entrance.warn();
        toSentinels.warn();
        return () -> reach(own, uri -> own.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri));
    }

    private static NettyCustomizer reader(Supplier<MessageReader> reader) {
        return new NettyCustomizer() {
            @Override
            public void afterChannelInitialized(Channel channel) {
                String lettuce =
                        channel.pipeline().context(CommandHandler.class).name();
                FirstAnswer.put(channel);
                channel.pipeline().addBefore(lettuce, "messages", reader.get());
            }
        };
    }

    /**
     * For publishing. Blocks until connected.
     *
     * @throws RedisException if that fails
     */
    StatefulRedisConnection<byte[], byte[]> connect() {
        try {
            return reach(client, uri -> client.connectAsync(ByteArrayCodec.INSTANCE, uri))
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RedisException failure ? failure : new RedisException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException(e);
        }
    }

    /** For all commands, in the database of the settings. Completes, or fails, on any of the threads. */
    CompletionStage<CommandConnection> connectAsync() {
        return settings.place() instanceof RedisPlace.Cluster
                ? connectToCluster()
                : reach(client, uri -> client.connectAsync(ByteArrayCodec.INSTANCE, inDatabase(uri)))
                        .thenApply(CommandConnection::of);
    }

    private CompletionStage<CommandConnection> connectToCluster() {
        return attempts.begin(this::tryToConnectToCluster);
    }

    private CompletionStage<CommandConnection> tryToConnectToCluster() {
        try {
            ClientOptions options = access.options();
            return entrance.to(servers.inTurn(), nodes -> cluster.connect(nodes, options));
        } catch (TlsException unreadable) {
            return CompletableFuture.failedStage(unreadable);
        }
    }

    private RedisURI inDatabase(RedisURI uri) {
        return RedisURI.builder(uri).withDatabase(settings.db()).build();
    }

    private <T> CompletionStage<T> reach(RedisClient by, Function<RedisURI, CompletionStage<T>> connect) {
        return attempts.begin(() -> tryToReach(by, connect));
    }

    private <T> CompletionStage<T> tryToReach(RedisClient by, Function<RedisURI, CompletionStage<T>> connect) {
        try {
            by.setOptions(access.options());
            return sentinels
                    .map(SentinelConnections::master)
                    .map(master -> master.thenCompose(at -> entrance.to(access.uri(at), connect)))
                    .orElseGet(() -> servers.until(uri -> entrance.to(uri, connect)));
        } catch (TlsException unreadable) {
            return CompletableFuture.failedStage(unreadable);
        }
    }

    /** The one thread for what is scheduled. Ends with this; then it rejects. */
    ScheduledExecutorService clock() {
        return resources.eventExecutorGroup().next();
    }

    /** Closes all connections and ends all threads, or gives up on them after a few seconds. */
    @Override
    public void close() {
        attempts.end(SHUTDOWN); // What were still connecting when its thread ends would never be released.
        sentinels.ifPresent(asked -> asked.close(SHUTDOWN));
        client.shutdown(Duration.ZERO, SHUTDOWN);
        listening.forEach(own -> own.shutdown(Duration.ZERO, SHUTDOWN));
        cluster.close();
        long millis = SHUTDOWN.toMillis();
        resources
                .eventLoopGroupProvider()
                .shutdown(QUIET_MILLIS, millis, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * millis);
        listening.forEach(own -> end(own.getResources(), millis));
        end(resources, millis);
    }

    private static void end(ClientResources resources, long millis) {
        resources.shutdown(0, millis, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * millis);
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            Thread thread = new FastThreadLocalThread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
