package dev.echoserver;

import dev.echoserver.api.HttpApi;
import dev.echoserver.broadcast.Audience;
import dev.echoserver.broadcast.Broadcast;
import dev.echoserver.broadcast.BroadcastDecoder;
import dev.echoserver.broadcast.BroadcastSink;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.broadcast.Origin;
import dev.echoserver.broadcast.PeerNodes;
import dev.echoserver.broadcast.SourceListener;
import dev.echoserver.census.Census;
import dev.echoserver.config.RedisConfig;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.live.ForeignEvents;
import dev.echoserver.presence.MemoryPresenceStore;
import dev.echoserver.presence.PresenceStore;
import dev.echoserver.redis.LaravelView;
import dev.echoserver.redis.NodeBus;
import dev.echoserver.redis.RedisBroadcastSource;
import dev.echoserver.redis.RedisCensus;
import dev.echoserver.redis.RedisLink;
import dev.echoserver.redis.RedisPeerNodes;
import dev.echoserver.redis.RedisPresenceStore;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a server shares with Laravel and with other nodes: Redis. A server that does not subscribe to Redis is alone, and
 * one whose configuration asks for sqlite keeps presence to itself.
 */
final class Backplane implements AutoCloseable {
    private final PresenceStore presence;
    private final PeerNodes peers;
    private final Drops drops = new Drops(System::nanoTime);
    private final Optional<Redis> redis;
    private volatile Optional<BroadcastSink> fromNodes = Optional.empty(); // Set before anything is received.

    private record Redis(RedisLink link, NodeBus bus, RedisBroadcastSource source) {}

    Backplane(ServerConfig config) {
        if (!config.subscribers().redis()) {
            this.presence = new MemoryPresenceStore(System::nanoTime);
            this.peers = PeerNodes.NONE;
            this.redis = Optional.empty();
            return;
        }
        RedisConfig address = config.redis();
        RedisLink link = new RedisLink(address);
        NodeBus bus = new NodeBus(drops);
        this.peers = new RedisPeerNodes(link, bus, this::deliver, System::nanoTime);
        this.presence = config.database() == ServerConfig.Database.REDIS
                ? new RedisPresenceStore(link, bus, new LaravelView(config.publishPresence(), config.membersKey()))
                : new MemoryPresenceStore(System::nanoTime);
        BroadcastDecoder decoder = new BroadcastDecoder(config.limits().maxBroadcastBytes(), drops);
        RedisBroadcastSource source =
                new RedisBroadcastSource(address, new RedisBroadcastSource.Receivers(decoder, bus), System::nanoTime);
        this.redis = Optional.of(new Redis(link, bus, source));
    }

    PresenceStore presence() {
        return presence;
    }

    /** What is published there, if this server subscribes to Redis. */
    Optional<RedisBroadcastSource> source() {
        return redis.map(Redis::source);
    }

    /** The connection for commands, if this server subscribes to Redis. */
    Optional<RedisLink> link() {
        return redis.map(Redis::link);
    }

    PeerNodes peers() {
        return peers;
    }

    /** Whether what Laravel publishes on Redis arrives. Any thread. */
    boolean isListening() {
        return source().filter(RedisBroadcastSource::isListening).isPresent();
    }

    /** What was published but is no broadcast. */
    Drops drops() {
        return drops;
    }

    /**
     * What the HTTP API works on. To be asked for once, before {@link #open}.
     *
     * @param ownSockets takes an event to the sockets of this node
     * @param ownCensus counts them
     */
    HttpApi.Ports apiPorts(BroadcastSink ownSockets, Census ownCensus) {
        BroadcastSink everySocket = broadcast -> {
            ownSockets.accept(broadcast);
            peers.send(broadcast);
        };
        return new HttpApi.Ports(everySocket, census(ownCensus), presence, drops);
    }

    /** Who keeps presence to itself counts for itself, too. */
    private Census census(Census own) {
        return redis.filter(parts -> presence instanceof RedisPresenceStore)
                .<Census>map(parts -> new RedisCensus(parts.link(), parts.bus(), (RedisPresenceStore) presence, own))
                .orElse(own);
    }

    /**
     * Starts to connect; returns at once. To be called when presence is open.
     *
     * @param entrances get what Laravel and other nodes say
     * @param audience of those broadcasts
     */
    void open(Function<Origin, BroadcastSink> entrances, Audience audience, SourceListener listener) {
        fromNodes = Optional.of(entrances.apply(Origin.NODE));
        redis.ifPresent(parts -> {
            parts.link().open();
            parts.source().open(entrances.apply(Origin.REDIS), listener, audience);
        });
    }

    /** What applications publish outside the key prefix. */
    ForeignEvents foreign() {
        return redis.map(Redis::source)
                .map(RedisBroadcastSource::foreign)
                .<ForeignEvents>map(all -> heard -> all.listen(heard::heard)::run)
                .orElse(ForeignEvents.NONE);
    }

    private void deliver(Broadcast broadcast) {
        fromNodes.ifPresent(sink -> sink.accept(broadcast));
    }

    /** Stops what comes in. */
    void closeSource() {
        redis.ifPresent(parts -> parts.source().close());
    }

    /** Says good-bye to the other nodes and disconnects; blocks for seconds at most. */
    @Override
    public void close() {
        presence.close();
        redis.ifPresent(parts -> parts.link().close());
    }
}
