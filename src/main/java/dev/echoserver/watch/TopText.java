package dev.echoserver.watch;

import static java.util.stream.Collectors.joining;

import dev.echoserver.log.Excerpt;
import dev.echoserver.watch.ServerFigures.Busy;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a server as text: some lines, then a table of its busiest channels. */
public final class TopText {
    private static final double LATE_MILLIS = 100;
    private static final String NAME = "%-15s";

    private final Paint paint;
    private final DateTimeFormatter time;
    private final Busiest busiest = new Busiest();

    /** Times are those of {@code zone}. */
    public TopText(Paint paint, ZoneId zone) {
        this.paint = paint;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** How much room there is. */
    public record Size(int columns, int rows) {}

    /** Lines that fit into {@code size}: longer ones are cut, and so is the table. */
    public List<String> of(ServerFigures now, Size size) {
        busiest.add(now.busiest());
        List<String> lines = new ArrayList<>();
        lines.add(paint.reversed(header(now, size.columns())));
        lines.add("");
        lines.addAll(figures(now, size.columns()));
        lines.add("");
        addTable(lines, size);
        return lines;
    }

    private String header(ServerFigures now, int columns) {
        String left = " echo-server " + now.version() + "   up " + Units.time(now.uptime());
        String right = time.format(now.at()) + " ";
        return cut(left + " ".repeat(Math.max(3, columns - left.length() - right.length())) + right, columns);
    }

    private List<String> figures(ServerFigures now, int columns) {
        ServerFigures.Rates rates = now.rates();
        return List.of(
                redis(now.redis(), columns),
                row("Laravel", auth(now.auth()), columns),
                row("Browsers", total(now.connections()), columns),
                row(
                        "Subscriptions",
                        total(now.subscriptions()) + " on " + Units.count(now.channels(), "channel"),
                        columns),
                row(
                        "Events",
                        Units.number(rates.broadcasts()) + "/s in   " + Units.number(rates.deliveries())
                                + "/s to browsers   " + Units.bytes(rates.bytes()) + "/s",
                        columns),
                warned(now.dropped() > 0, "Dropped", now.dropped() + " since the start", columns),
                warned(
                        now.loopLagMillis() > LATE_MILLIS,
                        "Process",
                        now.memoryMib() + " MiB   event loops " + Units.millis(now.loopLagMillis()) + " late",
                        columns));
    }

    private String redis(ServerFigures.Redis redis, int columns) {
        String address = Excerpt.of(redis.address());
        return redis.isListening()
                ? row("Redis", "listening at " + address, columns)
                : warned(true, "Redis", "NOT listening at " + address + ": the server's log says why", columns);
    }

    private static String auth(ServerFigures.Auth auth) {
        String counts = auth.granted() + " granted   " + auth.refused() + " refused";
        return auth.perSecond() == 0
                ? counts
                : counts + "   " + Units.number(auth.perSecond()) + "/s   " + Units.millis(auth.millis()) + " each";
    }

    private static String total(Map<String, Long> counts) {
        String parts = counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " " + Excerpt.of(entry.getKey()))
                .collect(joining(", "));
        return ServerFigures.sum(counts) + (parts.isEmpty() ? "" : "  (" + parts + ")");
    }

    private String row(String name, String text, int columns) {
        return paint.dim(String.format(Locale.ROOT, NAME, name)) + cut(text, columns - 15);
    }

    private String warned(boolean isBad, String name, String text, int columns) {
        return isBad
                ? paint.bad(cut(String.format(Locale.ROOT, NAME, name) + text, columns))
                : row(name, text, columns);
    }

    private void addTable(List<String> lines, Size size) {
        List<Busy> channels = busiest.list();
        if (channels.isEmpty()) {
            lines.add(paint.dim("No events in the last seconds."));
            return;
        }
        lines.add(paint.bold(cut("  EVENTS/S   SOCKETS  CHANNEL", size.columns())));
        for (Busy busy : channels.subList(0, Math.min(channels.size(), Math.max(1, size.rows() - lines.size())))) {
            String row = String.format(
                    Locale.ROOT,
                    "%10s%10d  %s",
                    Units.number(busy.perSecond()),
                    busy.sockets(),
                    Excerpt.of(busy.channel()));
            lines.add(cut(row, size.columns()));
        }
    }

    private static String cut(String text, int columns) {
        int room = Math.max(1, columns);
        return text.length() <= room ? text : text.substring(0, room - 1) + "…";
    }
}
