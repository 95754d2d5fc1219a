package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class InTurnTest {
    private final InTurn<String> turns = new InTurn<>();
    private final List<String> begun = new ArrayList<>();

    private CompletableFuture<String> step(String key, String name) {
        CompletableFuture<String> done = new CompletableFuture<>();
        CompletionStage<String> result = turns.after(key, () -> {
            begun.add(name);
            return done;
        });
        assertThat(result.toCompletableFuture()).isNotDone();
        return done;
    }

    @Test
    void stepsOfOneKeyWaitForEachOtherEvenIfOneFails() {
        CompletableFuture<String> first = step("a", "a1");
        CompletableFuture<String> second = step("a", "a2");
        List<?> others = List.of(step("b", "b1"), step("a", "a3"));
        assertThat(others).hasSize(2);
        assertThat(begun).containsExactly("a1", "b1");

        first.completeExceptionally(new IllegalStateException("no"));
        assertThat(begun).containsExactly("a1", "b1", "a2");

        second.complete("");
        assertThat(begun).containsExactly("a1", "b1", "a2", "a3");
    }

    @Test
    void aStepAfterAllHaveEndedBeginsAtOnce() {
        step("a", "a1").complete("");
        assertThat(step("a", "a2")).isNotDone();

        assertThat(begun).containsExactly("a1", "a2");
    }
}
