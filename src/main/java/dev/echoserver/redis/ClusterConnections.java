package dev.echoserver.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Connects to all masters of a Cluster at once. Each time it asks anew which they are: after a failover, or when names
 * resolve to other addresses, that is what matters.
 */
final class ClusterConnections {
    private final ClientResources resources;
    private final ClusterClientOptions options;

    ClusterConnections(ClientResources resources, ClientOptions options) {
        this.resources = resources;
        this.options = ClusterClientOptions.builder(options)
                .validateClusterNodeMembership(false)
                .build();
    }

    /** Completes, or fails, on any of the threads. {@code nodes} are some of the Cluster's. */
    CompletionStage<CommandConnection> connect(List<RedisURI> nodes) {
        RedisClusterClient client = RedisClusterClient.create(resources, nodes);
        client.setOptions(options);
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
    private static CompletionStage<CommandConnection> toAllMasters(
            RedisClusterClient client, StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        List<CompletableFuture<? extends StatefulConnection<byte[], byte[]>>> masters = new ArrayList<>();
        masters.add(CompletableFuture.completedFuture(cluster));
        for (RedisClusterNode node : client.getPartitions()) {
            if (isServingMaster(node)) {
                masters.add(cluster.getConnectionAsync(
                        node.getUri().getHost(), node.getUri().getPort()));
            }
        }
        return CompletableFuture.allOf(masters.toArray(CompletableFuture[]::new))
                .thenApply(all -> new CommandConnection(
                        cluster.async(),
                        masters.stream().map(CompletableFuture::join).toList(),
                        () -> close(client)));
    }

    private static boolean isServingMaster(RedisClusterNode node) {
        return node.getRole().isUpstream() && !node.getSlots().isEmpty() && !node.is(RedisClusterNode.NodeFlag.FAIL);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What cannot be closed is gone already.
    private static void close(RedisClusterClient client) {
        client.shutdownAsync(0, 1, TimeUnit.SECONDS);
    }
}
