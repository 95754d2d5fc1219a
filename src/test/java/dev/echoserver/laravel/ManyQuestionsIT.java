package dev.echoserver.laravel;

import static dev.echoserver.laravel.StubApplication.PATIENCE;
import static dev.echoserver.laravel.StubApplication.answer;
import static dev.echoserver.laravel.StubApplication.answerTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echoserver.auth.Authorization;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

/** Many questions at once: what runs, what waits, what is refused. */
final class ManyQuestionsIT {
    private static final Authorization GRANTED = new Authorization.Granted(Optional.empty());
    private static final MockResponse YES = answer(200, "true");

    private static String limits(int atOnce, int waiting, int seconds) {
        return ",\"limits\":{\"authConcurrency\":" + atOnce + ",\"authQueue\":" + waiting + ",\"authTimeoutSeconds\":"
                + seconds + "}";
    }

    private static List<CompletableFuture<Authorization>> ask(LaravelAuthorizer authorizer, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> authorizer
                        .authorize(Client.program().about("private-" + i))
                        .toCompletableFuture())
                .toList();
    }

    private static Stream<Authorization> answers(List<CompletableFuture<Authorization>> asked) {
        return asked.stream()
                .map(answer ->
                        answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
    }

    private static MockResponse yesAfter(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return YES;
        } catch (InterruptedException e) {
            return answer(500, "");
        }
    }

    @Test
    void areSpreadOverFewConnectionsAndNoneIsRefused() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (StubApplication application = StubApplication.answering(request -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    CompletableFuture.runAsync(
                                    atOnce::decrementAndGet,
                                    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS))
                            .join();
                    return YES;
                });
                LaravelAuthorizer authorizer = application.authorizer(limits(8, 10_000, 2))) {

            assertThat(answers(ask(authorizer, 1_000))).hasSize(1_000).containsOnly(GRANTED);

            assertThat(most.get()).isBetween(2, 8);
            Set<Integer> connections = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                connections.add(application.next().getConnectionIndex());
            }
            assertThat(connections).hasSizeLessThanOrEqualTo(8);
        }
    }

    @Test
    void beyondTheQueueAreRefusedAtOnce() {
        CountDownLatch goOn = new CountDownLatch(1);
        try (StubApplication application = StubApplication.answering(request -> yesAfter(goOn));
                LaravelAuthorizer authorizer = application.authorizer(limits(2, 3, 10))) {
            List<CompletableFuture<Authorization>> asked = ask(authorizer, 8);

            assertThat(asked.subList(5, 8))
                    .allSatisfy(answer -> assertThat(answer)
                            .isCompletedWithValue(new Authorization.Denied(503, Trouble.OVERLOADED.cause())));
            goOn.countDown();
            assertThat(answers(asked.subList(0, 5))).containsOnly(GRANTED);
            assertThat(answerTo(Client.program().about("private-later"), authorizer))
                    .isEqualTo(GRANTED);
        }
    }

    @Test
    void waitNoLongerThanSixTimeoutsWhenTheApplicationHangs() {
        CountDownLatch goOn = new CountDownLatch(1);
        try (StubApplication application = StubApplication.answering(request -> yesAfter(goOn));
                LaravelAuthorizer authorizer = application.authorizer(limits(2, 200, 1))) {
            long start = System.nanoTime();

            assertThat(answers(ask(authorizer, 200)))
                    .containsOnly(new Authorization.Denied(0, Trouble.TIMEOUT.cause()));

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(9));
            goOn.countDown();
            await().atMost(PATIENCE)
                    .until(() -> answerTo(Client.program().about("private-later"), authorizer)
                            .equals(GRANTED));
        }
    }

    @Test
    void thatAreTheSameAreAskedOnce() {
        CountDownLatch goOn = new CountDownLatch(1);
        try (StubApplication application = StubApplication.answering(request -> yesAfter(goOn));
                LaravelAuthorizer authorizer = application.authorizer("")) {
            CompletableFuture<Authorization> first =
                    authorizer.authorize(Client.program().about("private-a")).toCompletableFuture();
            CompletableFuture<Authorization> second =
                    authorizer.authorize(Client.program().about("private-a")).toCompletableFuture();
            CompletableFuture<Authorization> other = authorizer
                    .authorize(Client.program()
                            .sending("Authorization", "Bearer b")
                            .about("private-a"))
                    .toCompletableFuture();

            assertThat(second.cancel(false)).isTrue();
            goOn.countDown();

            assertThat(answers(List.of(first, other))).containsOnly(GRANTED);
            assertThat(application.requests()).isEqualTo(2);
            answerTo(Client.program().about("private-a"), authorizer);
            assertThat(application.requests()).isEqualTo(3);
        }
    }

    @Test
    void areDeniedWhenTheServerStops() {
        CountDownLatch goOn = new CountDownLatch(1);
        try (StubApplication application = StubApplication.answering(request -> yesAfter(goOn))) {
            LaravelAuthorizer authorizer = application.authorizer(limits(2, 10, 10));
            List<CompletableFuture<Authorization>> asked = ask(authorizer, 8);

            authorizer.close();
            authorizer.close();

            Authorization stopping = new Authorization.Denied(503, Trouble.STOPPING.cause());
            assertThat(asked).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(stopping));
            assertThat(answerTo(Client.program().about("private-later"), authorizer))
                    .isEqualTo(stopping);
            goOn.countDown();
        }
    }

    @Test
    void runOnFewNamedThreadsThatEnd() {
        try (StubApplication application = StubApplication.answering(YES)) {
            LaravelAuthorizer authorizer = application.authorizer(limits(3, 100, 10));
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            assertThat(answers(ask(authorizer, 50))).containsOnly(GRANTED);

            Set<Thread> ours = new HashSet<>(Thread.getAllStackTraces().keySet());
            ours.removeAll(before);
            ours.removeIf(thread -> !thread.getName().startsWith("auth-"));
            assertThat(ours).hasSizeBetween(1, 3).allMatch(Thread::isDaemon);
            authorizer.close();
            await().atMost(PATIENCE).until(() -> ours.stream().noneMatch(Thread::isAlive));
        }
    }
}
