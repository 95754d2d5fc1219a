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
 * the number of those in between; for cookies that are not used, per page instead of host. No cookie, header or query ever stands in it. Any thread.
 */
final class FailureLog {
    private static final Logger log = LoggerFactory.getLogger(FailureLog.class);
    private static final int MAX_KINDS = 1000;
    private static final int MAX_PAGES = 100;

    private final LongSupplier nanoTime;
    private final Map<Kind, Folding> lines = new ConcurrentHashMap<>();
    private final Map<Kind, Folding> pages = new ConcurrentHashMap<>();

    FailureLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Tells of {@code refused}. {@code host} holds no password. */
    void add(String host, Channel channel, Outcome.Refused refused) {
        Trouble trouble = refused.trouble();
        folding(host, refused)
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

    /** A page of somebody else must not hide one's own. */
    private Folding folding(String host, Outcome.Refused refused) {
        Trouble trouble = refused.trouble();
        return trouble == Trouble.FOREIGN_PAGE
                ? folding(pages, MAX_PAGES, new Kind(trouble, Excerpt.of(refused.detail())))
                : folding(lines, MAX_KINDS, new Kind(trouble, host));
    }

    /** Visitors choose among hosts of a {@code .domain}, and pages; when there are too many, those share one line. */
    private static Folding folding(Map<Kind, Folding> known, int max, Kind kind) {
        Kind counted = known.size() < max || known.containsKey(kind) ? kind : new Kind(kind.trouble(), "");
        return known.computeIfAbsent(counted, first -> new Folding());
    }

    private record Kind(Trouble trouble, String of) {}
}
