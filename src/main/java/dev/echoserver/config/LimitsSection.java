package dev.echoserver.config;

import java.time.Duration;
import java.util.Optional;

/** Reads {@code limits}. */
final class LimitsSection {
    private static final int MEBIBYTE = 1 << 20;

    private LimitsSection() {}

    static LimitsConfig read(Section section) {
        int eventsPerSecond = count(section, "eventsPerSecond", 240); // Twice for each picture of a fast screen.
        LimitsConfig limits = new LimitsConfig(
                optionalCount(section, "maxConnections"),
                optionalCount(section, "maxConnectionsPerAddress"),
                bytes(section, "maxBroadcastBytes", 4 * MEBIBYTE),
                section.whole("maxJsonDepth", 64, 1, 1000),
                bytes(section, "maxOutboundQueueBytes", 4 * MEBIBYTE),
                total(section, "maxOutboundBytes"),
                total(section, "maxInboundBytes"),
                seconds(section, "outboundStallSeconds"),
                count(section, "channelsPerSocket", 1000),
                count(section, "channelNameBytes", 200),
                eventsPerSecond,
                count(section, "eventsBurst", (int) Math.min(2L * eventsPerSecond, Integer.MAX_VALUE)),
                bytes(section, "eventBytesPerSecond", 4 * MEBIBYTE),
                seconds(section, "authTimeoutSeconds"),
                count(section, "authConcurrency", 64),
                count(section, "authQueue", 10_000),
                section.text("apiRequestsPerSecond")
                        .map(given -> count(section, "apiRequestsPerSecond", Integer.MAX_VALUE)),
                count(section, "apiReadsPerSecond", 200),
                count(section, "apiWrongKeysPerSecond", 1));
        section.close();
        return limits;
    }

    private static Optional<Integer> total(Section section, String key) {
        return section.text(key).map(given -> bytes(section, key, Integer.MAX_VALUE));
    }

    private static int bytes(Section section, String key, int fallback) {
        return section.whole(key, fallback, 1024, Integer.MAX_VALUE);
    }

    private static Duration seconds(Section section, String key) {
        return Duration.ofSeconds(section.whole(key, 10, 1, 3600));
    }

    private static Optional<Integer> optionalCount(Section section, String key) {
        return section.text(key).map(given -> count(section, key, Integer.MAX_VALUE));
    }

    private static int count(Section section, String key, int fallback) {
        return section.whole(key, fallback, 1, Integer.MAX_VALUE);
    }
}
