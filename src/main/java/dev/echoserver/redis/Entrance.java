package dev.echoserver.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Enters servers with the password that is set, or without it where one asks for none: ioredis goes on then, too, and
 * many a {@code .env} has a password left over. Each new connection begins with the password, because the server may ask
 * for it by then. Any thread.
 */
final class Entrance {
    private static final Logger log = LoggerFactory.getLogger(Entrance.class);

    private final String key;
    private final AtomicBoolean isTold = new AtomicBoolean();
    private volatile Level level = Level.DEBUG;

    /** {@code key} is where the password stands in the configuration. */
    Entrance(String key) {
        this.key = key;
    }

    /** From now on it is warned of, once. Others that connect to the same Redis leave that to this one. */
    void warn() {
        level = Level.WARN;
    }

    /** Whether a password was not asked for. */
    boolean isWithoutPassword() {
        return isTold.get();
    }

    <T> CompletionStage<T> to(RedisURI uri, Function<RedisURI, CompletionStage<T>> connect) {
        return to(List.of(uri), uris -> connect.apply(uris.get(0)));
    }

    /** Completes, or fails, as {@code connect} does. */
    <T> CompletionStage<T> to(List<RedisURI> uris, Function<List<RedisURI>, CompletionStage<T>> connect) {
        // What Lettuce returns itself never completes behind exceptionallyCompose.
        return connect.apply(uris).toCompletableFuture().exceptionallyCompose(failure -> {
            Optional<RedisFailure> unasked = unasked(failure);
            if (unasked.isEmpty()) {
                return CompletableFuture.failedStage(failure);
            }
            tell(unasked.get());
            return connect.apply(uris.stream().map(Entrance::withoutPassword).toList());
        });
    }

    /** What the nodes of a Cluster said is suppressed in a failure of its own. */
    private static Optional<RedisFailure> unasked(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .flatMap(each -> Stream.concat(Stream.of(each), Stream.of(each.getSuppressed())))
                .map(RedisFailure::of)
                .filter(said -> said.kind() == RedisFailure.Kind.NO_PASSWORD)
                .findFirst();
    }

    private void tell(RedisFailure said) {
        if (isTold.compareAndSet(false, true)) {
            log.atLevel(level)
                    .log(
                            "Redis asks for no password, so the one that is set is left out: reason=\"{}\" cure=\"remove"
                                    + " {}, or the variable that sets it\"",
                            said.reason(),
                            key);
        }
    }

    @SuppressWarnings("NullAway") // In that library null stands for none.
    private static RedisURI withoutPassword(RedisURI uri) {
        RedisURI open = RedisURI.builder(uri).build();
        open.setCredentialsProvider(new StaticCredentialsProvider(null, null));
        return open;
    }
}
