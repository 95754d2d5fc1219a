package dev.echoserver.cli;

import dev.echoserver.watch.FeedException;
import dev.echoserver.watch.Message;
import dev.echoserver.watch.Paint;
import dev.echoserver.watch.ServerFigures;
import dev.echoserver.watch.SteadyFeed;
import dev.echoserver.watch.TopText;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a running server does, once a second. */
@Command(
        name = "top",
        description = {
            "Show what a running server does, once a second: browsers, events, Redis, Laravel, the busiest channels.",
            "On a terminal it fills the screen until q is pressed; else it is plain text, one block after the other."
        },
        footer = {
            "",
            "Examples:",
            "  echo-server top",
            "  echo-server top --once",
            "  echo-server top --plain --count 60"
        })
final class TopCommand implements Runnable {
    private static final Duration LOOK = Duration.ofMillis(250); // How late a key may be seen.
    private static final TopText.Size PAGE = new TopText.Size(100, 30);
    private static final String KEYS = " q: quit";

    private final Shell shell;

    @Mixin
    private ManagementOptions management = new ManagementOptions();

    @Option(names = "--plain", description = "Plain text, on a terminal too.")
    private boolean plain;

    @Option(names = "--once", description = "One block of plain text.")
    private boolean once;

    @Option(names = "--count", paramLabel = "N", description = "End after so many seconds, as plain text.")
    private Optional<Long> count = Optional.empty();

    TopCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Terminal terminal = new Terminal(shell.environment());
        boolean isLive = !plain && !once && count.isEmpty() && terminal.isInput() && terminal.isOutput();
        URI address = management.address(shell, "/top");
        try (SteadyFeed feed = SteadyFeed.open(address)) {
            if (isLive) {
                showLive(feed, terminal, address);
            } else {
                print(feed);
            }
        } catch (FeedException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /** The first figures are of no time at all, so their rates say nothing. */
    private void print(SteadyFeed feed) {
        TopText text = new TopText(Paint.NONE, ZoneId.systemDefault());
        long left = once ? 1 : count.orElse(Long.MAX_VALUE);
        boolean isFirst = true;
        while (left > 0 && !shell.out().checkError()) {
            Message message = feed.next(LOOK);
            if (message instanceof Message.Lost lost) {
                shell.warn("The server is gone: " + lost.reason() + ". Waiting for it to come back; Ctrl+C ends.");
                isFirst = true;
            } else if (message instanceof Message.Line line && !isFirst) {
                text.of(ServerFigures.of(line.json()), PAGE).forEach(shell::say);
                left--;
                shell.say("");
            } else if (message instanceof Message.Line) {
                isFirst = false;
            }
        }
    }

    private void showLive(SteadyFeed feed, Terminal terminal, URI address) {
        TopText text = new TopText(terminal.paint(), ZoneId.systemDefault());
        List<String> page = List.of();
        try (LiveScreen screen = LiveScreen.open(shell, terminal)) {
            while (!screen.isQuit() && !shell.out().checkError()) {
                Message message = feed.next(LOOK);
                if (message instanceof Message.Line line) {
                    page = page(text, ServerFigures.of(line.json()), terminal.size());
                    screen.show(page);
                } else if (message instanceof Message.Lost lost) {
                    screen.show(withoutServer(page, terminal, address, lost.reason()));
                }
            }
        }
    }

    private static List<String> page(TopText text, ServerFigures now, TopText.Size size) {
        List<String> page = new ArrayList<>(text.of(now, new TopText.Size(size.columns(), size.rows() - 1)));
        while (page.size() < size.rows() - 1) {
            page.add("");
        }
        page.add(KEYS);
        return page.subList(0, Math.min(page.size(), size.rows()));
    }

    private static List<String> withoutServer(List<String> page, Terminal terminal, URI address, String reason) {
        List<String> marked = new ArrayList<>(page);
        String line = " The server at " + address.getAuthority() + " is gone: " + reason + ". Waiting for it.";
        int columns = terminal.size().columns();
        String shown = terminal.paint().alarm(line.length() <= columns ? line : line.substring(0, columns));
        if (marked.isEmpty()) {
            marked.add(shown);
        } else {
            marked.set(0, shown);
        }
        return marked;
    }
}
