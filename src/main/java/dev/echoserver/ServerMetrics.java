package dev.echoserver;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import dev.echoserver.http.Document;
import dev.echoserver.metrics.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that this server counts, as Prometheus gets it. Made with the first look at it, so that who never looks pays
 * nothing. Confined to the management loop.
 */
final class ServerMetrics implements AutoCloseable {
    private final List<Consumer<Metrics>> parts;
    private Optional<Metrics> made = Optional.empty();

    /** Those that {@code parts} add. */
    ServerMetrics(List<Consumer<Metrics>> parts) {
        this.parts = List.copyOf(parts);
    }

    /** What Prometheus gets now. */
    Document document() {
        Metrics metrics = made.orElseGet(this::make);
        return new Document(OK, Metrics.CONTENT_TYPE, metrics.scrape());
    }

    private Metrics make() {
        Metrics metrics = new Metrics();
        parts.forEach(part -> part.accept(metrics));
        made = Optional.of(metrics);
        return metrics;
    }

    /** After the management loop has ended. */
    @Override
    public void close() {
        made.ifPresent(Metrics::close);
    }
}
