package dev.echoserver.cli;

import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A terminal that shows one page which changes. What was on it before comes back when this is closed, also by a signal.
 *
 * <p>Source: control sequences of xterm.
 */
final class LiveScreen implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String END_OF_LINE = "\u001b[0m\u001b[K";
    private static final String REST = "\u001b[J";

    private final Shell shell;
    private final Runnable restoreKeys;
    private final Thread atTheEnd = new Thread(this::restore, "screen-end");
    private final AtomicBoolean isQuit = new AtomicBoolean();
    private final AtomicBoolean isRestored = new AtomicBoolean();

    private LiveScreen(Shell shell, Runnable restoreKeys) {
        this.shell = shell;
        this.restoreKeys = restoreKeys;
    }

    /** Takes {@code terminal}. */
    static LiveScreen open(Shell shell, Terminal terminal) {
        LiveScreen screen = new LiveScreen(shell, terminal.readKeys());
        Runtime.getRuntime().addShutdownHook(screen.atTheEnd);
        screen.print(ENTER);
        Thread keys = new Thread(() -> screen.read(shell.in()), "keys");
        keys.setDaemon(true);
        keys.start();
        return screen;
    }

    private void read(Reader keys) {
        try {
            for (int key = keys.read(); key >= 0 && !isQuit.get(); key = keys.read()) {
                if (key == 'q' || key == 'Q') {
                    isQuit.set(true);
                }
            }
        } catch (IOException noKeys) {
            isQuit.set(true);
        }
    }

    /** Whether the user has had enough. */
    boolean isQuit() {
        return isQuit.get();
    }

    /** Shows {@code lines} in the place of those before. */
    void show(List<String> lines) {
        print(HOME + String.join(END_OF_LINE + "\r\n", lines) + END_OF_LINE + REST);
    }

    private void print(String text) {
        shell.out().print(text);
        shell.out().flush();
    }

    private void restore() {
        if (isRestored.compareAndSet(false, true)) {
            print(LEAVE);
            restoreKeys.run();
        }
    }

    @Override
    public void close() {
        restore();
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
    }
}
