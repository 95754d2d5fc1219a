package dev.echoserver;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import dev.echoserver.api.ApiLimits;
import dev.echoserver.config.ServerConfig;
import dev.echoserver.engineio.EngineIoServer;
import dev.echoserver.engineio.Places;
import dev.echoserver.http.DescriptorGuard;
import dev.echoserver.http.Document;
import dev.echoserver.http.Endpoint;
import dev.echoserver.http.LineStream;
import dev.echoserver.http.SlowRequests;
import dev.echoserver.hub.Hub;
import dev.echoserver.laravel.LaravelAuthorizer;
import dev.echoserver.live.ChannelFilter;
import dev.echoserver.live.Hints;
import dev.echoserver.live.Lookout;
import dev.echoserver.live.RefusedJoins;
import dev.echoserver.live.Top;
import dev.echoserver.live.Trace;
import dev.echoserver.subscription.Overruns;
import java.time.Clock;
import java.util.List;

/** What operators can see of a running server. */
final class Views implements AutoCloseable {
    private final Readiness readiness;
    private final ServerMetrics metrics;
    private final Trace trace;
    private final Top top;

    /** The parts of a server that do its work. */
    record Parts(
            Hub hub,
            EngineIoServer engine,
            LaravelAuthorizer laravel,
            RefusedJoins refusedJoins,
            Backplane backplane,
            Ports ports,
            Readiness readiness,
            LoopLags lags) {}

    /** Those that count what is too much. */
    record Limits(
            Places places, SlowRequests slowRequests, DescriptorGuard descriptors, ApiLimits api, Overruns overruns) {}

    Views(ServerConfig config, Parts parts, Limits limits) {
        this.readiness = parts.readiness();
        this.metrics = new ServerMetrics(List.of(
                new HealthMetrics(parts)::addTo,
                new TrafficMetrics(parts.engine(), parts.hub(), parts.laravel())::addTo,
                new RefusalMetrics(parts.engine(), parts.backplane().drops(), limits)::addTo));
        Lookout lookout = new Lookout(observer -> {
            parts.hub().observe(observer);
            parts.backplane().drops().observe(observer);
        });
        Hints hints = new Hints(parts.hub(), parts.refusedJoins(), System::nanoTime);
        this.trace =
                new Trace(lookout, parts.backplane().foreign(), config.redis().keyPrefix(), hints, Clock.systemUTC());
        Vitals vitals = new Vitals(parts, config.redis().address());
        this.top = new Top(lookout, parts.hub(), vitals, Clock.systemUTC());
    }

    /** All that is on the management port. */
    List<Endpoint> endpoints() {
        LineStream traces = new LineStream((query, lines) ->
                trace.open(new ChannelFilter(query.getOrDefault("channel", List.of())), lines)::close);
        LineStream tops = new LineStream((query, lines) -> top.open(lines)::close);
        return List.of(
                Endpoint.of("/up", "OK as long as the process works", () -> Document.text(OK, "OK")),
                Endpoint.of("/ready", "200 if browsers should come here, else 503 and why", readiness::document),
                Endpoint.of("/metrics", "numbers for Prometheus", metrics::document),
                new Endpoint("/trace", "each event as it passes; ?channel=orders, ?channel=orders.*", traces::answer),
                new Endpoint("/top", "what the server does, once a second", tops::answer));
    }

    /** After the management port was closed. */
    @Override
    public void close() {
        metrics.close();
    }
}
