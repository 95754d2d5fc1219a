package dev.echoserver.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.census.Census;
import dev.echoserver.census.Count;
import dev.echoserver.census.Selection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who looks at the figures. Confined to one thread. */
final class TopViewer {
    private static final Logger log = LoggerFactory.getLogger(TopViewer.class);
    private static final double MILLIS = 1000.0;
    private static final double NANOS_PER_MILLI = 1_000_000.0;
    private static final int MIB = 1 << 20;

    private final BusyChannels busy;
    private final Census sockets;
    private final Figures.Source figures;
    private final InstantSource clock;
    private final Consumer<String> lines;
    private Optional<Moment> before = Optional.empty();

    private record Moment(Figures figures, Instant at) {}

    TopViewer(BusyChannels busy, Census sockets, Figures.Source figures, InstantSource clock, Consumer<String> lines) {
        this.busy = busy;
        this.sockets = sockets;
        this.figures = figures;
        this.clock = clock;
        this.lines = lines;
    }

    /** Looks once more: rates are those since the last look, and nothing at the first. */
    void look() {
        try {
            Count count = sockets.count(Selection.startingWith(""))
                    .toCompletableFuture()
                    .join();
            Moment now = new Moment(figures.now(), clock.instant());
            lines.accept(line(now, before.orElse(now), count).toString());
            before = Optional.of(now);
        } catch (RuntimeException bug) { // Or nothing would be told any more.
            log.warn("No figures", bug);
        }
    }

    private ObjectNode line(Moment moment, Moment last, Count count) {
        Figures now = moment.figures();
        long millis = Duration.between(last.at(), moment.at()).toMillis();
        double seconds = millis > 0 ? millis / MILLIS : 1;
        Figures.Load load = now.load();
        Figures.Load loadBefore = last.figures().load();
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", moment.at().toString())
                .put("version", now.version())
                .put("uptimeSeconds", now.uptime().toSeconds());
        now.connections().forEach(line.putObject("connections")::put);
        now.subscriptions().forEach(line.putObject("subscriptions")::put);
        line.put("channels", count.subscribers().size());
        line.put("broadcastsPerSecond", rate(load.broadcasts() - loadBefore.broadcasts(), seconds));
        line.put("deliveriesPerSecond", rate(load.deliveries() - loadBefore.deliveries(), seconds));
        line.put("bytesPerSecond", rate(load.bytes() - loadBefore.bytes(), seconds));
        line.put("dropped", load.dropped());
        addBusiest(line.putArray("busiest"), busy.next(), count, seconds);
        line.putObject("redis")
                .put("listening", now.redis().isListening())
                .put("address", now.redis().address());
        addAuth(line.putObject("auth"), now.auth(), last.figures().auth(), seconds);
        line.put("memoryMiB", now.memoryBytes() / MIB);
        line.put("loopLagMillis", now.loopLag().toNanos() / NANOS_PER_MILLI);
        return line;
    }

    private static void addBusiest(ArrayNode list, List<BusyChannels.Busy> channels, Count count, double seconds) {
        for (BusyChannels.Busy each : channels) {
            list.addObject()
                    .put("channel", each.channel())
                    .put("perSecond", rate(each.events(), seconds))
                    .put("sockets", count.of(each.channel()));
        }
    }

    private static void addAuth(ObjectNode auth, Figures.Auth now, Figures.Auth last, double seconds) {
        long asked = now.asked() - last.asked();
        Duration took = now.took().minus(last.took());
        auth.put("granted", now.granted()).put("refused", now.refused()).put("perSecond", rate(asked, seconds));
        auth.put("millis", asked == 0 ? 0 : took.toNanos() / NANOS_PER_MILLI / asked);
    }

    private static double rate(long count, double seconds) {
        return Math.round(count / seconds * 10) / 10.0;
    }
}
