package dev.echoserver.watch;

import dev.echoserver.log.Excerpt;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line for each event, with its hints below. */
public final class TraceText {
    private static final String INDENT = " ".repeat(14);
    private static final String MARK = "! ";

    private final Paint paint;
    private final int columns;
    private final DateTimeFormatter time;

    /** Lines of hints have at most {@code columns}. Times are those of {@code zone}. */
    public TraceText(Paint paint, int columns, ZoneId zone) {
        this.paint = paint;
        this.columns = columns;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
    }

    /** The lines about {@code event}. What outsiders have named is made printable. */
    public List<String> of(TracedEvent event) {
        List<String> lines = new ArrayList<>();
        String names =
                name(event) + event.event().map(name -> "  " + Excerpt.of(name)).orElse("");
        lines.add(paint.dim(time.format(event.at())) + "  "
                + String.format(Locale.ROOT, "%-7s", Excerpt.of(event.origin())) + "  " + paint.bold(names) + "  "
                + Units.bytes((double) event.bytes()) + "  " + outcome(event));
        event.hints().forEach(hint -> addHint(lines, Excerpt.of(hint, columns * 10)));
        return lines;
    }

    private static String name(TracedEvent event) {
        String channel = Excerpt.of(event.channel());
        return event.received().equals(event.channel()) ? channel : Excerpt.of(event.received()) + " → " + channel;
    }

    private String outcome(TracedEvent event) {
        if (event.dropped().isPresent()) {
            return paint.bad("dropped: " + Excerpt.of(event.dropped().get()));
        }
        if (event.sockets() == 0) {
            return paint.bad("reached nobody");
        }
        String took = event.millis().map(millis -> "  " + Units.millis(millis)).orElse("");
        return paint.good(Units.count(event.sockets(), "socket")) + took;
    }

    private void addHint(List<String> lines, String hint) {
        String mark = MARK;
        for (String line : Wrapping.of(hint, Math.max(20, columns - INDENT.length() - MARK.length()))) {
            lines.add(INDENT + mark + line);
            mark = " ".repeat(MARK.length());
        }
    }

    /** The line about {@code missed} events that came too fast. */
    public String missed(long missed) {
        return paint.bad(
                INDENT + MARK + Units.count(missed, "event") + " left out: they come faster than they are read");
    }
}
