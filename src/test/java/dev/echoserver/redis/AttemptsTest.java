package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class AttemptsTest {
    private final Attempts<String> attempts = new Attempts<>(List.of("a", "b", "c"));
    private final List<String> tried = new ArrayList<>();

    private CompletionStage<String> onlyC(String name) {
        tried.add(name);
        if (name.equals("c")) {
            return CompletableFuture.completedStage(name);
        }
        return CompletableFuture.failedStage(
                name.equals("a") ? new RedisCommandExecutionException("NOAUTH") : new IOException("refused"));
    }

    @Test
    void goOnUntilOneAnswers() {
        assertThat(attempts.until(this::onlyC)).isCompletedWithValue("c");
        assertThat(tried).containsExactly("a", "b", "c");
    }

    @Test
    void beginWithAnotherOneEachTime() {
        attempts.until(name -> CompletableFuture.completedStage(tried.add(name)));
        attempts.until(name -> CompletableFuture.completedStage(tried.add(name)));
        attempts.until(name -> CompletableFuture.completedStage(tried.add(name)));
        attempts.until(name -> CompletableFuture.completedStage(tried.add(name)));

        assertThat(tried).containsExactly("a", "b", "c", "a");
    }

    @Test
    void failWithWhatAServerSaidRatherThanWithTheNetwork() {
        Attempts<String> both = new Attempts<>(List.of("a", "b"));

        assertThat(both.until(this::onlyC))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("NOAUTH");
    }
}
