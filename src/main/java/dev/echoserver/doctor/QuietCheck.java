package dev.echoserver.doctor;

import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a WebSocket on which nothing is said lives until the server pings.
 *
 * @param quiet how long to wait at most
 * @param lines of the proxy, asked for if it is to blame
 */
record QuietCheck(Visitor visitor, Duration quiet, Supplier<ProxyLines> lines) {
    static final String ID = "proxy.quiet";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofSeconds(2); // A ping may be, on a busy machine.
    private static final Pattern INTERVAL = Pattern.compile("\"pingInterval\":(\\d{1,9})");

    Finding look() throws IOException {
        Silence silence = new Silence();
        WebSocket socket = visitor.webSocket("EIO=4&transport=websocket", silence);
        try {
            return silence.opening(PATIENCE)
                    .map(opening -> listen(silence, interval(opening)))
                    .orElseGet(
                            () -> Finding.notChecked(ID, "Not checked: a quiet WebSocket; nothing comes through it"));
        } finally {
            socket.abort();
        }
    }

    private static Duration interval(String opening) {
        Matcher interval = INTERVAL.matcher(opening);
        return Duration.ofMillis(interval.find() ? Long.parseLong(interval.group(1)) : 0);
    }

    private Finding listen(Silence silence, Duration interval) {
        boolean isLong = quiet.compareTo(interval) >= 0;
        long begin = System.nanoTime();
        OptionalInt end = silence.end(isLong ? interval.plus(LATE) : quiet);
        String lived = seconds(Duration.ofNanos(System.nanoTime() - begin));
        if (end.isPresent()) {
            return Silence.isCut(end.getAsInt()) ? cut(lived, interval) : closed(lived, end.getAsInt());
        }
        return Finding.ok(
                ID,
                "A quiet WebSocket lives for " + lived
                        + (isLong
                                ? ", until the server's ping"
                                : "; the server pings after " + seconds(interval) + ", so --quiet "
                                        + interval.plusMillis(999).toSeconds() + " tries all of it"));
    }

    private Finding cut(String lived, Duration interval) {
        ProxyLines cure = lines.get();
        return Finding.fault(
                ID,
                cure.name() + " cuts a WebSocket that is quiet for " + lived + ", before the server's ping after "
                        + seconds(interval),
                "Browsers lose their connection again and again, and what is sent before they are back.",
                cure.patience());
    }

    private static Finding closed(String lived, int code) {
        return Finding.warning(
                ID,
                "A quiet WebSocket was closed in due form after " + lived + " (code " + code + ")",
                "A server does so when it stops, some proxies when they are reloaded.",
                "run it again; if it comes again, look into the log of the proxy and of the server");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
