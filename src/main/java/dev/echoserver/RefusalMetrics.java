package dev.echoserver;

import dev.echoserver.api.ApiLimits;
import dev.echoserver.broadcast.DropReason;
import dev.echoserver.broadcast.Drops;
import dev.echoserver.engineio.EngineIoServer;
import dev.echoserver.engineio.Places;
import dev.echoserver.engineio.Refusals;
import dev.echoserver.engineio.SlowReaders;
import dev.echoserver.http.DescriptorGuard;
import dev.echoserver.http.SlowRequests;
import dev.echoserver.metrics.Metrics;
import dev.echoserver.metrics.Series;
import dev.echoserver.subscription.Overruns;

/** Numbers about what does not pass, each with its cause. */
record RefusalMetrics(EngineIoServer engine, Drops drops, Views.Limits limits) {

    void addTo(Metrics metrics) {
        addConnections(metrics);
        addMessages(metrics);
    }

    private void addConnections(Metrics metrics) {
        metrics.counters(
                Series.of("echo_server_refused_connections_total", "Browsers for which there was no room."),
                "cause",
                Places.Cause.class,
                limits.places()::count);
        metrics.counters(
                Series.of("echo_server_slow_readers_total", "Browsers disconnected because they read too slowly."),
                "cause",
                SlowReaders.Cause.class,
                engine.slowReaders()::count);
        metrics.counters(
                Series.of("echo_server_slow_requests_total", "Connections closed because a request took too long."),
                "cause",
                SlowRequests.Cause.class,
                limits.slowRequests()::count);
        metrics.counters(
                Series.of("echo_server_descriptor_shortages_total", "Connections for which no file could be opened."),
                "cause",
                DescriptorGuard.Cause.class,
                limits.descriptors()::count);
    }

    private void addMessages(Metrics metrics) {
        metrics.counters(
                Series.of("echo_server_refused_messages_total", "What browsers sent and was refused."),
                "cause",
                Refusals.Cause.class,
                engine.inbound().refusals()::count);
        metrics.counters(
                Series.of("echo_server_client_overruns_total", "What browsers asked for beyond a limit."),
                "limit",
                Overruns.Limit.class,
                limits.overruns()::count);
        metrics.counters(
                Series.of("echo_server_refused_api_requests_total", "Requests to the HTTP API beyond a limit."),
                "limit",
                ApiLimits.Limit.class,
                limits.api()::count);
        metrics.counters(
                Series.of("echo_server_dropped_broadcasts_total", "What was published but could not be delivered."),
                "reason",
                DropReason.class,
                drops::count);
    }
}
