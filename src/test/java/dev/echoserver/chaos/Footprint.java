package dev.echoserver.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server holds when all garbage is gone.
 *
 * @param directBytes the memory of its buffers, the pool's reserve included
 * @param threads how many
 * @param descriptors of files and sockets
 * @param residentBytes what the operating system counts for it
 * @param classes how many living objects there are of each class, and how large they are together
 */
record Footprint(long directBytes, int threads, int descriptors, long residentBytes, Map<String, Objects> classes) {
    /** To be added to the options of its JVM. Without the second, garbage of up to 5 % may stay and would be counted. */
    static final String JAVA_OPTIONS = "-XX:NativeMemoryTracking=summary -XX:MarkSweepAlwaysCompactCount=1";

    private static final Pattern CLASS = Pattern.compile(" *\\d+: +(\\d+) +(\\d+) +(\\S+).*");
    private static final Pattern DIRECT = Pattern.compile("- +Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int MOST_GROWN = 8;

    /** The living objects of one class. */
    record Objects(int count, long bytes) {
        private static final Objects NONE = new Objects(0, 0);

        private Objects plus(Objects more) {
            return new Objects(count + more.count, bytes + more.bytes);
        }
    }

    /** Of {@code server}, which collects its garbage for it. */
    static Footprint of(RunningProgram server) {
        long pid = server.handle().pid();
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            String histogram = jcmd(pid, "GC.class_histogram");
            return new Footprint(
                    kilobytes(DIRECT, jcmd(pid, "VM.native_memory")),
                    count(process.resolve("task")),
                    count(process.resolve("fd")),
                    kilobytes(RESIDENT, Files.readString(process.resolve("status"))),
                    classes(histogram));
        } catch (IOException e) {
            throw new AssertionError("No footprint of process " + pid, e);
        }
    }

    private static String jcmd(long pid, String command) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private static Map<String, Objects> classes(String histogram) {
        return histogram
                .lines()
                .map(CLASS::matcher)
                .filter(line -> line.matches())
                .collect(Collectors.toMap(
                        line -> line.group(3),
                        line -> new Objects(Integer.parseInt(line.group(1)), Long.parseLong(line.group(2))),
                        Objects::plus,
                        TreeMap::new));
    }

    private static long kilobytes(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)) * 1024)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + pattern + " in: " + text));
    }

    private static int count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return (int) entries.count();
        }
    }

    /** Its living objects. */
    long heapBytes() {
        return classes.values().stream().mapToLong(Objects::bytes).sum();
    }

    /** How many objects there are of each class of this project. */
    Map<String, Integer> ownObjects() {
        Map<String, Integer> own = new TreeMap<>();
        classes.forEach((name, objects) -> {
            if (name.startsWith("dev.echoserver.") && !name.contains("$$Lambda")) {
                own.put(name, objects.count());
            }
        });
        return own;
    }

    /** The classes whose objects take the most bytes more than at {@code before}. */
    List<String> growthSince(Footprint before) {
        Map<String, Long> growth = new TreeMap<>();
        classes.forEach((name, objects) -> growth.put(
                name,
                objects.bytes()
                        - before.classes.getOrDefault(name, Objects.NONE).bytes()));
        return growth.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_GROWN)
                .map(entry -> entry.getKey() + " +" + entry.getValue())
                .toList();
    }

    /** In one line. */
    String summary() {
        return "heap=%d KiB direct=%d KiB threads=%d descriptors=%d resident=%d KiB"
                .formatted(heapBytes() >> 10, directBytes >> 10, threads, descriptors, residentBytes >> 10);
    }
}
