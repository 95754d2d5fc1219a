package dev.echoserver.cli;

import dev.echoserver.doctor.Finding;
import dev.echoserver.doctor.Finding.Level;
import dev.echoserver.watch.Wrapping;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** One line for each finding, below it why it matters and what to do; coloured on a terminal. */
final class TextDoctorReport implements DoctorReport {
    private static final int COLUMNS = 92;
    private static final String BELOW = "      ";

    private final Shell shell;
    private final Map<Level, Integer> counts = new EnumMap<>(Level.class);
    private boolean isFirst = true;

    TextDoctorReport(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void section(String title) {
        shell.say((isFirst ? "" : "\n") + Ansi.AUTO.string("@|bold " + title.replace("|@", "") + "|@"));
        isFirst = false;
    }

    @Override
    public void announce(String text) {
        shell.say("  … " + text);
    }

    @Override
    public void found(Finding finding) {
        counts.merge(finding.level(), 1, Integer::sum);
        say("  " + mark(finding.level()) + " ", "    ", finding.what() + name(finding));
        if (!finding.why().isEmpty()) {
            say(BELOW + "Why:  ", BELOW + "      ", finding.why());
        }
        sayCure(finding.cure());
    }

    /** For those who look it up, or report it. */
    private static String name(Finding finding) {
        return finding.cure().isEmpty() ? "" : " [" + finding.id() + "]";
    }

    private void sayCure(List<String> cure) {
        String start = BELOW + "Cure: ";
        for (String line : cure) {
            say(start, BELOW + "      ", line);
            start = BELOW + "      ";
        }
    }

    /** A line that begins with spaces is to be copied, so it stays in one piece. */
    private void say(String start, String next, String text) {
        if (text.startsWith(" ")) {
            shell.say(start + text);
            return;
        }
        String before = start;
        for (String part : Wrapping.of(text, COLUMNS - next.length())) {
            shell.say(before + part);
            before = next;
        }
    }

    private static String mark(Level level) {
        return switch (level) {
            case OK -> Ansi.AUTO.string("@|green ✔|@");
            case WARNING -> Ansi.AUTO.string("@|bold,yellow !|@");
            case FAULT -> Ansi.AUTO.string("@|bold,red ✘|@");
            case NOT_CHECKED -> "-";
        };
    }

    @Override
    public long faults() {
        return count(Level.FAULT);
    }

    private int count(Level level) {
        return counts.getOrDefault(level, 0);
    }

    @Override
    public void end() {
        String found = counted(count(Level.FAULT), "fault") + ", " + counted(count(Level.WARNING), "warning") + ".";
        if (faults() > 0) {
            shell.say("\n" + found + " Mend the first fault and run it again.");
        } else {
            shell.say("\n"
                    + (count(Level.WARNING) > 0
                            ? "N" + found.substring(1)
                            : "All is well, as far as can be seen from here."));
        }
    }

    private static String counted(int number, String word) {
        return (number == 0 ? "no" : number) + " " + word + (number == 1 ? "" : "s");
    }
}
