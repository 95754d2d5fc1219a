package dev.echoserver;

import dev.echoserver.metrics.Metrics;
import dev.echoserver.metrics.Series;
import dev.echoserver.redis.RedisBroadcastSource;
import dev.echoserver.redis.RedisLink;

/** Numbers about how the server itself is. */
record HealthMetrics(Views.Parts parts) {
    private static final Series RECONNECTS =
            Series.of("echo_server_redis_reconnects_total", "How often a connection to Redis was made again.");

    void addTo(Metrics metrics) {
        metrics.version(Version.number());
        metrics.gauge(
                Series.of("echo_server_ready", "1 if browsers should be sent here, as /ready says."),
                () -> asNumber(parts.readiness().isReady()));
        parts.ports()
                .certificate()
                .ifPresent(tls -> metrics.gauge(
                        Series.of(
                                "echo_server_certificate_expiry_timestamp_seconds",
                                "Until when the certificate in use is valid, in Unix time."),
                        () -> tls.expires().getEpochSecond()));
        parts.backplane().source().ifPresent(source -> addSubscription(metrics, source));
        parts.backplane().link().ifPresent(link -> addCommands(metrics, link));
        addLags(metrics);
    }

    private static void addSubscription(Metrics metrics, RedisBroadcastSource source) {
        metrics.gauge(
                Series.of("echo_server_redis_listening", "1 if what Laravel publishes arrives."),
                () -> asNumber(source.isListening()));
        metrics.counter(RECONNECTS.with("connection", "subscription"), source::reconnects);
    }

    private static void addCommands(Metrics metrics, RedisLink link) {
        metrics.gauge(
                Series.of(
                        "echo_server_redis_commands_connected",
                        "1 if Redis can be used for presence and for other servers."),
                () -> asNumber(link.isConnected()));
        metrics.counter(RECONNECTS.with("connection", "commands"), link::reconnects);
    }

    private void addLags(Metrics metrics) {
        Series series = Series.of(
                "echo_server_loop_lag_seconds",
                "How late an event loop was with its tasks, at worst in the last 15 to 30 seconds.");
        int number = 0;
        for (LoopLag lag : parts.lags().all()) {
            number++;
            metrics.gauge(series.with("loop", Integer.toString(number)), lag::seconds);
        }
    }

    private static double asNumber(boolean claim) {
        return claim ? 1 : 0;
    }
}
