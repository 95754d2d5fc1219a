package dev.echoserver.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Connects to all masters of a Cluster at once. Each time it asks anew which they are: after a failover, or when names
 * resolve to other addresses, that is what matters.
 */
final class ClusterConnections implements AutoCloseable {
    private final ClientResources resources;
    private final Duration shutdown;
    private final Set<RedisClusterClient> clients = ConcurrentHashMap.newKeySet();
    private volatile Optional<ClusterNodeException> masterAway = Optional.empty();

    /** Closing takes as long as {@code shutdown} at most. */
    ClusterConnections(ClientResources resources, Duration shutdown) {
        this.resources = resources;
        this.shutdown = shutdown;
    }

    /** Completes, or fails, on any of the threads. {@code nodes} are some of the Cluster's. */
    CompletionStage<CommandConnection> connect(List<RedisURI> nodes, ClientOptions options) {
        RedisClusterClient client = RedisClusterClient.create(resources, nodes);
        clients.add(client);
        client.setOptions(ClusterClientOptions.builder(options)
                .validateClusterNodeMembership(false)
                .build());
        return client.refreshPartitionsAsync()
                .thenCompose(known -> client.connectAsync(ByteArrayCodec.INSTANCE))
                .thenCompose(cluster -> toAllMasters(client, cluster))
                .whenComplete((connection, failure) -> {
                    if (failure != null) {
                        close(client);
                    }
                });
    }

    /** Connections that are only made when a command needs them would send what waits for them in any order. */
    private CompletionStage<CommandConnection> toAllMasters(
            RedisClusterClient client, StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        List<CompletableFuture<? extends StatefulConnection<byte[], byte[]>>> masters = new ArrayList<>();
        masters.add(CompletableFuture.completedFuture(cluster));
        masterAway = client.getPartitions().stream()
                .filter(node -> hasSlots(node) && node.is(NodeFlag.FAIL))
                .findFirst()
                .map(node -> new ClusterNodeException(name(node), new IOException("it does not answer")));
        for (RedisClusterNode node : client.getPartitions()) {
            if (hasSlots(node) && !node.is(NodeFlag.FAIL)) {
                masters.add(cluster.getConnectionAsync(
                                node.getUri().getHost(), node.getUri().getPort())
                        .exceptionallyCompose(failure ->
                                CompletableFuture.failedFuture(new ClusterNodeException(name(node), failure))));
            }
        }
        return CompletableFuture.allOf(masters.toArray(CompletableFuture[]::new))
                .thenApply(all -> new CommandConnection(
                        cluster.async(),
                        masters.stream().map(CompletableFuture::join).toList(),
                        () -> close(client)));
    }

    /** The master that the Cluster itself takes for dead, as the last attempt to connect saw it. Any thread. */
    Optional<ClusterNodeException> masterAway() {
        return masterAway;
    }

    private static boolean hasSlots(RedisClusterNode node) {
        return node.getRole().isUpstream() && !node.getSlots().isEmpty();
    }

    private static String name(RedisClusterNode node) {
        return "the node " + node.getUri().getHost() + ":" + node.getUri().getPort() + " of the Cluster, with "
                + node.getSlots().size() + " of " + SlotHash.SLOT_COUNT + " hash slots";
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What cannot be closed is gone already.
    private void close(RedisClusterClient client) {
        clients.remove(client);
        client.shutdownAsync(0, shutdown.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Also ends what is only being connected. Blocks. */
    @Override
    public void close() {
        clients.forEach(client -> client.shutdown(Duration.ZERO, shutdown));
    }
}
