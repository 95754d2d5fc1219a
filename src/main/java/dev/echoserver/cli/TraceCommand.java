package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.echoserver.watch.FeedException;
import dev.echoserver.watch.Message;
import dev.echoserver.watch.SteadyFeed;
import dev.echoserver.watch.TraceText;
import dev.echoserver.watch.TracedEvent;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what becomes of each event in a running server. */
@Command(
        name = "trace",
        description =
                "Show each event that a running server receives: its channel, how many sockets got it, how long that"
                        + " took, and what to look at if nobody got it.",
        footer = {
            "",
            "Examples:",
            "  echo-server trace",
            "  echo-server trace --channel orders --channel 'private-user.*'",
            "  echo-server trace --channel orders --count 1 --seconds 10 --json",
            "",
            "Exit code: 0; 1 if there is no server, or fewer events than --count came within --seconds."
        })
final class TraceCommand implements Runnable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Shell shell;

    @Mixin
    private ManagementOptions management = new ManagementOptions();

    @Option(
            names = "--channel",
            paramLabel = "NAME",
            description =
                    "Only this channel, named as in Laravel; with * at the end, all that begin so. May be repeated.")
    private List<String> channels = new ArrayList<>();

    @Option(names = "--json", description = "Print the lines of JSON as they come from the server.")
    private boolean json;

    @Option(names = "--count", paramLabel = "N", description = "End after so many events.")
    private Optional<Long> count = Optional.empty();

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds.")
    private Optional<Long> seconds = Optional.empty();

    TraceCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Terminal terminal = new Terminal(shell.environment());
        int columns = terminal.isOutput() ? terminal.size().columns() : 100;
        TraceText text = new TraceText(terminal.paint(), columns, ZoneId.systemDefault());
        URI address = management.address(shell, "/trace" + query());
        try (SteadyFeed feed = SteadyFeed.open(address)) {
            if (!json) {
                shell.warn(waiting());
            }
            follow(feed, text, address);
        } catch (FeedException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private String query() {
        return channels.isEmpty()
                ? ""
                : channels.stream()
                        .map(channel -> "channel=" + URLEncoder.encode(channel, UTF_8))
                        .collect(joining("&", "?", ""));
    }

    private String waiting() {
        String example = channels.stream()
                .filter(name -> !name.endsWith("*"))
                .findFirst()
                .orElse("some-channel");
        return "Waiting for events" + (channels.isEmpty() ? "" : " on " + String.join(", ", channels))
                + ". Ctrl+C ends. To publish one: echo-server publish " + example + " some.event '{\"a\": 1}'";
    }

    private void follow(SteadyFeed feed, TraceText text, URI address) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds.orElse(0L)).toNanos();
        long left = count.orElse(Long.MAX_VALUE);
        while (left > 0 && !shell.out().checkError()) {
            if (seconds.isPresent() && System.nanoTime() - end >= 0) {
                requireEnough(left);
                return;
            }
            left -= take(feed.next(LOOK), text, address);
        }
    }

    private void requireEnough(long left) {
        if (count.isPresent()) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    (count.get() - left) + " of " + count.get() + " events came within " + seconds.orElse(0L)
                            + " seconds.");
        }
    }

    /** Returns how many events it was. */
    private int take(Message message, TraceText text, URI address) {
        if (message instanceof Message.Lost lost) {
            shell.warn("The server at " + address.getAuthority() + " is gone: " + lost.reason()
                    + ". Waiting for it to come back; Ctrl+C ends.");
        } else if (message instanceof Message.Back) {
            shell.warn("The server is back.");
        } else if (message instanceof Message.Line line) {
            print(line, text);
            return TracedEvent.isIn(line.json()) ? 1 : 0;
        }
        return 0;
    }

    private void print(Message.Line line, TraceText text) {
        if (json) {
            shell.say(line.text());
        } else if (TracedEvent.isIn(line.json())) {
            text.of(TracedEvent.of(line.json())).forEach(shell::say);
        } else if (line.json().has("missed")) {
            shell.say(text.missed(line.json().path("missed").asLong()));
        }
    }
}
