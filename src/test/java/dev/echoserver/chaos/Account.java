package dev.echoserver.chaos;

import dev.echoserver.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;

/** What servers have used up to now; memory is that of the largest. */
record Account(int rssMib, List<String> log, int ends, int faults) {
    static Account of(Scene scene) {
        return new Account(
                scene.nodes().stream()
                        .mapToInt(node -> rssMib(node.program()))
                        .max()
                        .orElseThrow(),
                scene.nodes().stream()
                        .flatMap(node -> node.program().output().lines())
                        .toList(),
                sum(scene, Witness::ends),
                sum(scene, witness -> witness.faults().size()));
    }

    private static int sum(Scene scene, ToIntFunction<Witness> count) {
        return scene.witnesses().stream().mapToInt(count).sum();
    }

    /** The memory that {@code program} has now, in the memory of the machine. */
    static int rssMib(RunningProgram program) {
        return status(program, "VmRSS:") / 1024;
    }

    static int threads(RunningProgram program) {
        return status(program, "Threads:");
    }

    private static int status(RunningProgram program, String name) {
        try {
            Path file = Path.of("/proc", Long.toString(program.handle().pid()), "status");
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
