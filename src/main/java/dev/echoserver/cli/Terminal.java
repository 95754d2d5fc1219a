package dev.echoserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.watch.Paint;
import dev.echoserver.watch.TopText;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal of this process, by {@code stty}: Java knows neither its size nor how to read single keys. */
final class Terminal {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})");
    private static final TopText.Size USUAL = new TopText.Size(80, 24);
    private static final File DEVICE = new File("/dev/tty");
    private static final int PATIENCE_SECONDS = 5;

    private final Map<String, String> environment;

    Terminal(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Whether somebody looks at what is printed. */
    boolean isOutput() {
        return isTerminal("1");
    }

    /** Whether somebody types. */
    boolean isInput() {
        return isTerminal("0");
    }

    /** Colours are for terminals, unless {@code NO_COLOR} is set. */
    Paint paint() {
        boolean isUnwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Paint(!isUnwanted && isOutput());
    }

    /** How large it is now. */
    TopText.Size size() {
        Matcher size = SIZE.matcher(stty("size").orElse(""));
        if (!size.matches() || Integer.parseInt(size.group(2)) == 0) {
            return USUAL;
        }
        return new TopText.Size(Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1)));
    }

    /** Has keys come one by one, unseen. Returns what undoes it. */
    Runnable readKeys() {
        Optional<String> before = stty("-g");
        stty("-icanon", "-echo");
        return () -> before.ifPresent(this::stty);
    }

    private Optional<String> stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(DEVICE)
                    .redirectError(Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return succeeds(process) ? Optional.of(answer) : Optional.empty();
        } catch (IOException noTerminal) {
            return Optional.empty();
        }
    }

    private static boolean isTerminal(String descriptor) {
        try {
            return succeeds(
                    new ProcessBuilder("test", "-t", descriptor).inheritIO().start());
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static boolean succeeds(Process process) {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
