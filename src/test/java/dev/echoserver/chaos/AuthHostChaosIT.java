package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.testing.RawClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The application is ill: who is in hears everything, who wants in is answered in time, and let in when it is well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuthHostChaosIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(Scene.AUTH_TIMEOUT_SECONDS);
    private static final Duration LONGEST_WAIT = TIMEOUT.multipliedBy(6);
    private static final Duration TICK = Duration.ofSeconds(2);
    private static final int AT_ONCE = 64;
    private static final Duration SOON = Duration.ofSeconds(8);

    @TempDir
    private static Path folder;

    private RedisProcess redis;
    private Scene scene;

    @BeforeAll
    void openScene() {
        redis = RedisProcess.in(folder);
        scene = Scene.open(folder, redis, redis.port(), 1);
    }

    @AfterAll
    void closeScene() {
        redis.close(); // First: it is there even if the rest is not.
        scene.close();
    }

    private AuthHost host() {
        return scene.application();
    }

    private List<RawClient> visitors(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> RawClient.connect(scene.first().port(), 4))
                .toList();
    }

    private static boolean isAdmitted(RawClient visitor) {
        return visitor.has(packet -> packet.startsWith("42[\"presence:subscribed\""));
    }

    private static boolean isRefused(RawClient visitor) {
        return visitor.has(packet -> packet.startsWith("42[\"subscription_error\""));
    }

    private static void askAll(List<RawClient> visitors) {
        for (int i = 0; i < visitors.size(); i++) {
            visitors.get(i).subscribeAs("visitor-" + i, "presence-other");
        }
    }

    /** All ask at once and are told that there is no answer, or that there are too many questions. */
    private void areAllRefused(List<RawClient> visitors, Duration most) {
        long start = System.nanoTime();
        askAll(visitors);
        Scene.within(most.plus(TICK)).until(() -> visitors.stream().allMatch(AuthHostChaosIT::isRefused));
        System.out.println("refused=" + visitors.size() + " allAfterMillis="
                + Duration.ofNanos(System.nanoTime() - start).toMillis());
        assertThat(visitors)
                .allSatisfy(visitor -> assertThat(visitor.events())
                        .singleElement()
                        .asString()
                        .matches(".*\"presence-other\",(0|503),.*"));
        visitors.forEach(RawClient::close);
    }

    /** Of all cases: what repeats is folded for a minute. */
    private String log() {
        return scene.first().program().output();
    }

    @Test
    void gone() {
        List<RawClient> visitors = visitors(100);
        Finding found = scene.play("auth-host-gone", () -> {
            host().go();
            areAllRefused(visitors, TICK);
            host().come();
            scene.admit();
        });

        found.isBearable(SOON, 4).isUnnoticed();
        assertThat(log()).containsOnlyOnce("cause=Laravel cannot be reached");
    }

    @Test
    void silent() {
        List<RawClient> visitors = visitors(150);
        long threads = scene.first().program().threads();
        Finding found = scene.play("auth-host-silent", () -> {
            host().fallSilent();
            areAllRefused(visitors, LONGEST_WAIT);
            host().speak();
            scene.admit();
        });

        found.isBearable(SOON, 4).isUnnoticed();
        assertThat(log()).containsOnlyOnce("cause=Laravel did not answer in time");
        assertThat(host().mostOpen()).isLessThanOrEqualTo(2 * AT_ONCE); // Cut ones may be seen a moment later.
        assertThat(scene.first().program().threads() - threads).isLessThanOrEqualTo(AT_ONCE + 2);
    }

    @Test
    @Tag("long")
    void late() {
        List<RawClient> visitors = visitors(100);
        Finding found = scene.play("auth-host-late", () -> {
            host().think(TIMEOUT.plusSeconds(1));
            areAllRefused(visitors, LONGEST_WAIT);
            host().think(Duration.ZERO);
            scene.admit();
        });

        found.isBearable(SOON, 4).isUnnoticed();
    }

    @Test
    @Tag("long")
    void flapping() {
        List<RawClient> visitors = new ArrayList<>();
        Finding found = scene.play("auth-host-flapping", () -> {
            for (int i = 0; i < 10; i++) {
                List<RawClient> now = visitors(20);
                host().go();
                askAll(now);
                Scene.pass(Duration.ofSeconds(1));
                host().come();
                List<RawClient> later = visitors(20);
                askAll(later);
                Scene.pass(Duration.ofSeconds(1));
                visitors.addAll(now);
                visitors.addAll(later);
            }
            scene.admit();
        });

        found.isBearable(SOON, 12).isUnnoticed();
        Scene.within(TICK)
                .until(() -> visitors.stream().allMatch(visitor -> isAdmitted(visitor) || isRefused(visitor)));
        System.out.println("admitted="
                + visitors.stream().filter(AuthHostChaosIT::isAdmitted).count() + " of " + visitors.size());
        assertThat(visitors.subList(visitors.size() - 20, visitors.size())).allMatch(AuthHostChaosIT::isAdmitted);
        visitors.forEach(RawClient::close);
    }
}
