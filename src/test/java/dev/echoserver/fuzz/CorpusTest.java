package dev.echoserver.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that fuzzing has kept, seeds and finds, still passes. */
final class CorpusTest {

    @ParameterizedTest
    @MethodSource("dev.echoserver.fuzz.Target#all")
    void passes(Target target) throws Throwable {
        assertThat(target.inputs()).isNotEmpty();
        target.run(new byte[0]);
        for (Path input : target.inputs()) {
            try {
                target.run(Files.readAllBytes(input));
            } catch (Throwable found) {
                throw new AssertionError(input + ": " + found, found);
            }
        }
    }
}
