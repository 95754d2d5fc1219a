package dev.echoserver.engineio;

import dev.echoserver.log.Excerpt;
import dev.echoserver.log.Folding;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which pages may not connect, with what to write if they are one's own: per origin one line at once, then at most
 * one a minute with the number of those in between. Any thread.
 */
final class RefusedOrigins {
    private static final Logger log = LoggerFactory.getLogger(RefusedOrigins.class);
    private static final int MAX_ORIGINS = 100;

    private final LongSupplier nanoTime;
    private final Map<String, Folding> lines = new ConcurrentHashMap<>();

    RefusedOrigins(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Tells of a page of {@code origin}, which may be anything that a client sent. Its path and its query are left out. */
    void add(String origin) {
        String entry = Origins.entryFor(origin);
        folding(entry)
                .next(nanoTime.getAsLong())
                .ifPresent(folded -> log.warn(
                        "Refused a page: origin={} folded={} cause=\"not in socketio.origins\" cure=\"if it is yours,"
                                + " add {} to socketio.origins\"",
                        shown(origin, entry),
                        folded,
                        Excerpt.of(entry)));
    }

    private static String shown(String origin, String entry) {
        boolean isPage = !entry.equals("*:*");
        return isPage ? Excerpt.of(entry) : origin.isEmpty() ? "(none)" : Excerpt.of(origin);
    }

    /** When there are too many, the others share one line. */
    private Folding folding(String entry) {
        String counted = lines.size() < MAX_ORIGINS || lines.containsKey(entry) ? entry : "";
        return lines.computeIfAbsent(counted, first -> new Folding());
    }
}
