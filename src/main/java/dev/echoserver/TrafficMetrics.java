package dev.echoserver;

import dev.echoserver.broadcast.Origin;
import dev.echoserver.channel.ChannelKind;
import dev.echoserver.engineio.BufferMemory;
import dev.echoserver.engineio.EngineIoServer;
import dev.echoserver.engineio.Protocol;
import dev.echoserver.engineio.TransportName;
import dev.echoserver.hub.Hub;
import dev.echoserver.hub.Latency;
import dev.echoserver.hub.LoopHub;
import dev.echoserver.laravel.AuthorizationTimes;
import dev.echoserver.laravel.LaravelAuthorizer;
import dev.echoserver.metrics.Histogram;
import dev.echoserver.metrics.Metrics;
import dev.echoserver.metrics.Series;
import java.util.Arrays;
import java.util.List;

/** Numbers about what passes: connections, events, questions to Laravel. */
record TrafficMetrics(EngineIoServer engine, Hub hub, LaravelAuthorizer authorizer) {
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    void addTo(Metrics metrics) {
        for (Protocol protocol : Protocol.values()) {
            addConnections(metrics, protocol);
        }
        addMemory(metrics);
        addSubscriptions(metrics);
        addBroadcasts(metrics);
        addAuthorizations(metrics);
    }

    private void addConnections(Metrics metrics, Protocol protocol) {
        Series series = Series.of(
                "echo_server_connections", "Browsers that are connected, by version of Engine.IO and by transport.");
        metrics.gauges(
                series.with("protocol", protocol.revision()),
                "transport",
                TransportName.class,
                transport -> engine.connections().count(protocol, transport));
    }

    private void addMemory(Metrics metrics) {
        metrics.gauge(
                Series.of("echo_server_waiting_bytes", "What waits to be read by browsers."), engine::waitingBytes);
        metrics.gauge(
                Series.of(
                        "echo_server_incomplete_bytes",
                        "What browsers have sent of large messages that are not whole."),
                () -> engine.inbound().heldBytes());
        metrics.gauge(
                Series.of("echo_server_buffer_memory_bytes", "Memory outside the heap that buffers take."),
                BufferMemory::allocatedBytes);
        metrics.gauge(
                Series.of("echo_server_buffer_memory_max_bytes", "Memory outside the heap that buffers may take."),
                BufferMemory::maxBytes);
    }

    private void addSubscriptions(Metrics metrics) {
        metrics.gauges(
                Series.of("echo_server_subscriptions", "Subscriptions of browsers to channels."),
                "kind",
                ChannelKind.class,
                hub::subscriptions);
        metrics.gauge(
                Series.of("echo_server_channels", "Channels with subscribers, counted once for each event loop."),
                () -> hub.loops().stream().mapToLong(LoopHub::channelCount).sum());
    }

    private void addBroadcasts(Metrics metrics) {
        metrics.counters(
                Series.of("echo_server_broadcasts_total", "Events that arrived, by where they came from."),
                "origin",
                Origin.class,
                hub::broadcasts);
        metrics.counter(
                Series.of("echo_server_deliveries_total", "Events sent to browsers, once for each browser."),
                () -> hub.traffic().deliveries());
        metrics.counter(
                Series.of("echo_server_delivered_bytes_total", "Bytes of the events sent to browsers."),
                () -> hub.traffic().bytes());
        metrics.counter(
                Series.of(
                        "echo_server_lost_broadcasts_total",
                        "Events that came faster than they could be written, once for each event loop."),
                () -> hub.traffic().lost());
        metrics.histogram(
                Series.of(
                        "echo_server_delivery_seconds",
                        "Time from the arrival of an event in this process until it was written to a connection."),
                () -> List.of(histogram(hub.latency())));
    }

    private static Histogram histogram(Latency latency) {
        return new Histogram(
                List.of(),
                Arrays.stream(Latency.boundsMicros())
                        .mapToObj(micros -> micros / MICROS)
                        .toList(),
                Arrays.stream(latency.counts()).boxed().toList(),
                latency.sumNanos() / NANOS);
    }

    private void addAuthorizations(Metrics metrics) {
        metrics.gauge(
                Series.of("echo_server_authorizations_open", "Questions to Laravel that are not answered."),
                authorizer::openCount);
        metrics.histogram(
                Series.of(
                        "echo_server_authorization_seconds",
                        "Time that it took to know who may join, by what came of it."),
                () -> authorizer.times().byOutcome().entrySet().stream()
                        .map(entry -> histogram(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static Histogram histogram(String outcome, AuthorizationTimes.Times times) {
        return new Histogram(
                List.of("outcome", outcome),
                AuthorizationTimes.bounds().stream()
                        .map(bound -> bound.toNanos() / NANOS)
                        .toList(),
                times.counts(),
                times.sumNanos() / NANOS);
    }
}
