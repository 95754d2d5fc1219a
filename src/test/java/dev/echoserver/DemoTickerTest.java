package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echoserver.channel.Channel;
import dev.echoserver.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class DemoTickerTest {
    private static final Clock NOON = Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC);

    private final List<String> published = new ArrayList<>();

    @Nested
    final class Ticks {

        @Test
        void areCountedAndStamped() {
            DemoTicker ticker =
                    new DemoTicker(new RedisDemoPublisher(DemoTickerTest.this::record, Runnable::run), NOON);
            ticker.tick();
            ticker.tick();

            assertThat(published)
                    .containsExactly(
                            "demo {\"event\":\"demo.tick\",\"data\":{\"n\":1,\"at\":1000},\"socket\":null}",
                            "demo {\"event\":\"demo.tick\",\"data\":{\"n\":2,\"at\":1000},\"socket\":null}");
        }

        @Test
        void goOnAfterAFailure() {
            List<CompletionStage<Void>> outcomes = List.of(
                    CompletableFuture.failedFuture(new IllegalStateException("expected by this test")),
                    CompletableFuture.completedFuture(null));
            DemoTicker ticker = new DemoTicker(
                    (channel, event, data) -> {
                        published.add(data.toString());
                        return outcomes.get(published.size() - 1);
                    },
                    NOON);
            ticker.tick();
            ticker.tick();

            assertThat(published).containsExactly("{\"n\":1,\"at\":1000}", "{\"n\":2,\"at\":1000}");
        }
    }

    @Nested
    final class Publishing {

        @Test
        void carriesEveryValueAsItIs() {
            new RedisDemoPublisher(DemoTickerTest.this::record, Runnable::run)
                    .publish(Channel.of("chat"), Json.string("a\"\\é"), Json.of("[1.0,null]"))
                    .toCompletableFuture()
                    .join();

            assertThat(published)
                    .containsExactly("chat {\"event\":\"a\\\"\\\\é\",\"data\":[1.0,null],\"socket\":null}");
        }

        @Test
        void failsTheStageAndThrowsNothing() {
            CompletableFuture<Void> outcome = new RedisDemoPublisher(
                            (channel, payload) -> {
                                throw new IllegalStateException("expected by this test");
                            },
                            Runnable::run)
                    .publish(Channel.of("chat"), Json.string("e"), Json.NULL)
                    .toCompletableFuture();

            assertThatThrownBy(outcome::join).hasRootCauseMessage("expected by this test");
        }
    }

    private long record(String channel, byte[] payload) {
        published.add(channel + " " + new String(payload, StandardCharsets.UTF_8));
        return 1;
    }
}
