package dev.echoserver.redis;

import dev.echoserver.doctor.Finding;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much Redis keeps for a listener that is behind, before it closes its connection: as {@code CONFIG GET} answers,
 * {@code normal 0 0 0 slave … pubsub <hard bytes> <soft bytes> <seconds>}.
 */
final class PubSubBuffer {
    static final String SETTING = "client-output-buffer-limit";
    private static final Pattern LIMITS = Pattern.compile("pubsub (\\d{1,18}) (\\d{1,18}) ");
    private static final long LEAST_BYTES = 4 << 20;

    private PubSubBuffer() {}

    /** A warning if one large event is enough to lose the connection; 0 means no limit. */
    static Optional<Finding> judge(String limits) {
        Matcher found = LIMITS.matcher(limits);
        boolean isSmall = found.find() && isSmall(found.group(1));
        return isSmall ? Optional.of(warning(found.group(1))) : Optional.empty();
    }

    private static boolean isSmall(String bytes) {
        long limit = Long.parseLong(bytes);
        return limit > 0 && limit < LEAST_BYTES;
    }

    private static Finding warning(String bytes) {
        return Finding.warning(
                "redis.output-buffer",
                "Redis closes the connection of a listener that is " + bytes + " bytes behind",
                "A few large events at once are enough; what is published until it is back is lost.",
                "run on Redis: CONFIG SET client-output-buffer-limit \"pubsub 32mb 8mb 60\"",
                "and write into redis.conf: client-output-buffer-limit pubsub 32mb 8mb 60");
    }
}
