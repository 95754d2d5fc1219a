package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.config.HostPort;
import dev.echoserver.config.RedisPlace;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks Sentinels which server is the master now. */
final class MasterFinder {
    private final RedisClient client;
    private final Function<HostPort, RedisURI> uri;
    private final Entrance entrance;
    private final String name;
    private final Attempts<HostPort> attempts;
    private volatile Optional<HostPort> last = Optional.empty();

    /** {@code client}, {@code uri} and {@code entrance} are for connections to Sentinels. */
    MasterFinder(
            RedisClient client, Function<HostPort, RedisURI> uri, Entrance entrance, RedisPlace.Sentinels sentinels) {
        this.client = client;
        this.uri = uri;
        this.entrance = entrance;
        this.name = sentinels.name();
        this.attempts = new Attempts<>(sentinels.at());
    }

    /** Completes, or fails, on any of the threads. */
    CompletionStage<HostPort> master() {
        return attempts.until(this::ask).thenApply(master -> {
            last = Optional.of(master);
            return master;
        });
    }

    /** Whether {@code master} is what was answered last. */
    boolean isKnown(HostPort master) {
        return last.filter(master::equals).isPresent();
    }

    /** Asks {@code sentinel} before the others when asked next, because it knows more. */
    void trust(HostPort sentinel) {
        attempts.beginWith(sentinel);
    }

    private CompletionStage<HostPort> ask(HostPort sentinel) {
        return entrance.to(uri.apply(sentinel), at -> client.connectSentinelAsync(ByteArrayCodec.INSTANCE, at))
                .thenCompose(this::ask);
    }

    private CompletionStage<HostPort> ask(StatefulRedisSentinelConnection<byte[], byte[]> sentinel) {
        return sentinel.async()
                .getMasterAddrByName(name.getBytes(UTF_8))
                .whenComplete((address, failure) -> {
                    var unused = sentinel.closeAsync();
                })
                .thenCompose(address -> Optional.ofNullable(address)
                        .map(MasterFinder::hostPort)
                        .map(CompletableFuture::completedStage)
                        .orElseGet(this::unknown));
    }

    private static HostPort hostPort(SocketAddress address) {
        InetSocketAddress tcp = (InetSocketAddress) address;
        return new HostPort(tcp.getHostString(), tcp.getPort());
    }

    private CompletionStage<HostPort> unknown() {
        return CompletableFuture.failedStage(new RedisCommandExecutionException(
                RedisFailure.NO_SUCH_MASTER + ": Sentinel knows none of the name \"" + name + "\""));
    }
}
