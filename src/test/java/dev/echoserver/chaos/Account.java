package dev.echoserver.chaos;

import java.util.List;
import java.util.function.ToIntFunction;

/** What servers have used up to now; memory is that of the largest. */
record Account(int rssMib, List<String> log, int ends, int faults) {
    static Account of(Scene scene) {
        return new Account(
                scene.nodes().stream()
                        .mapToInt(node -> Math.toIntExact(node.program().residentKib() / 1024))
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
}
