package dev.echoserver.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fuzzes each target for a while in a process of its own, and prints what that gave. New inputs that reach new code are
 * below {@code target/fuzz}, and so is one that breaks a target, as {@code crash-…}: then it ends with 1.
 */
public final class Fuzzing {
    private static final Path WORK = Path.of("target", "fuzz");
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");
    private static final Pattern RUNS = Pattern.compile("number_of_executed_units: (\\d+)");

    private static final String SILENCE = "<configuration><root level=\"OFF\"/></configuration>";

    private final String seconds;
    private final PrintStream out;

    private Fuzzing(String seconds, PrintStream out) {
        this.seconds = seconds;
        this.out = out;
    }

    /** The seconds for each target, and a part of the names of those that are meant. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, Charset.defaultCharset());
        String part = arguments.length > 1 ? arguments[1] : "";
        List<Target> targets = Target.all().stream()
                .filter(target -> target.className().contains(part))
                .toList();
        System.exit(new Fuzzing(arguments[0], out).run(targets) ? 0 : 1);
    }

    private boolean run(List<Target> targets) throws IOException, InterruptedException {
        out.printf("%-20s %12s %9s %9s %7s  %s%n", "target", "executions", "coverage", "features", "corpus", "found");
        boolean areSound = true;
        for (Target target : targets) {
            areSound &= run(target);
        }
        return areSound;
    }

    private boolean run(Target target) throws IOException, InterruptedException {
        Path work = Files.createDirectories(WORK.resolve(target.name()).toAbsolutePath());
        Path log = WORK.resolve(target.name() + ".log");
        Process process = new ProcessBuilder(command(target, work))
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        boolean isSound = process.waitFor() == 0;
        print(target, Files.readString(log), isSound ? "nothing" : "see " + log);
        return isSound;
    }

    private List<String> command(Target target, Path work) throws IOException {
        Path found = Files.createDirectories(work.resolve("corpus"));
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Dlogback.configurationFile="
                        + Files.writeString(WORK.resolve("logback.xml"), SILENCE)
                                .toUri(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className(),
                "--instrumentation_includes=dev.echoserver.**",
                "--custom_hook_includes=dev.echoserver.**", // Those of libraries cost a minute at the start.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexRoadblocks", // Ten times as slow with
                // them.
                "-max_total_time=" + seconds,
                "-timeout=30",
                "-print_final_stats=1",
                found.toString(),
                target.corpus().toAbsolutePath().toString());
    }

    private void print(Target target, String log, String found) {
        String[] last = COVERAGE.matcher(log)
                .results()
                .reduce((earlier, later) -> later)
                .map(Fuzzing::groups)
                .orElse(new String[] {"-", "-", "-"});
        Matcher runs = RUNS.matcher(log);
        String executions = runs.find() ? runs.group(1) : "-";
        out.printf(
                Locale.ROOT,
                "%-20s %12s %9s %9s %7s  %s%n",
                target.name(),
                executions,
                last[0],
                last[1],
                last[2],
                found);
    }

    private static String[] groups(MatchResult match) {
        return new String[] {match.group(1), match.group(2), match.group(3)};
    }
}
