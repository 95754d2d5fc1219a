package dev.echoserver.laravel;

import dev.echoserver.channel.Channel;
import dev.echoserver.log.Excerpt;
import dev.echoserver.log.Folding;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what goes wrong, with its cure: per kind of trouble and auth host one line at once, then at most one a minute with
 * the number of those in between. No cookie, header or query ever stands in it. Any thread.
 */
final class FailureLog {
    private static final Logger log = LoggerFactory.getLogger(FailureLog.class);
    private static final int MAX_KINDS = 1000;

    private final LongSupplier nanoTime;
    private final Map<Kind, Folding> lines = new ConcurrentHashMap<>();

    FailureLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Tells of {@code refused}. {@code host} holds no password. */
    void add(String host, Channel channel, Outcome.Refused refused) {
        Trouble trouble = refused.trouble();
        folding(new Kind(trouble, host))
                .next(nanoTime.getAsLong())
                .ifPresent(folded -> log.warn(
                        "Authorization: host={} status={} channel={} folded={} cause={}{} cure={}",
                        Excerpt.of(host),
                        refused.status(),
                        Excerpt.of(channel.name()),
                        folded,
                        trouble.cause(),
                        refused.detail().isEmpty() ? "" : " (" + Excerpt.of(refused.detail()) + ")",
                        trouble.cure()));
    }

    /** Visitors choose among hosts of a {@code .domain}; when there are too many, those share one line. */
    private Folding folding(Kind kind) {
        Kind counted = lines.size() < MAX_KINDS || lines.containsKey(kind) ? kind : new Kind(kind.trouble(), "");
        return lines.computeIfAbsent(counted, first -> new Folding());
    }

    private record Kind(Trouble trouble, String host) {}
}
