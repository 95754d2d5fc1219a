package dev.echoserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The network between Redis and a server with clients is bad. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlowRedisIT {
    private static final Duration SOON = Duration.ofSeconds(8);

    @TempDir
    private static Path folder;

    private RedisProcess redis;
    private Passage passage;
    private Scene scene;

    @BeforeAll
    void openScene() {
        redis = RedisProcess.in(folder);
        passage = new Passage(redis.port());
        scene = Scene.open(folder, redis, passage.port(), 1);
    }

    @AfterAll
    void closeScene() {
        redis.close(); // First: it is there even if the rest is not.
        scene.close();
        passage.close();
    }

    private static void pass(int seconds) {
        Scene.pass(Duration.ofSeconds(seconds));
    }

    @Test
    void cutInTheMiddleOfAMessage() {
        scene.play("network-cut-in-a-message", passage::cutInTheMiddle).isBearable(SOON, 2);
    }

    @Test
    @Tag("long")
    void slow() {
        scene.play("network-2s-delay", () -> {
                    passage.delay(Duration.ofSeconds(2));
                    scene.admit();
                    pass(5);
                    passage.free();
                })
                .isBearable(Duration.ofSeconds(20), 0)
                .isUnnoticed();
    }

    @Test
    @Tag("long")
    void slowForLong() {
        scene.play("network-2s-delay-30s", () -> {
                    passage.delay(Duration.ofSeconds(2));
                    scene.admit();
                    pass(30);
                    passage.free();
                })
                .isBearable(Duration.ofSeconds(20), 0)
                .isUnnoticed();
    }

    @Test
    @Tag("long")
    void narrow() {
        scene.play("network-1kB/s-30s", () -> {
                    passage.limit(1000);
                    pass(30);
                    passage.free();
                })
                .isBearable(Duration.ofSeconds(20), 4);
    }

    @Test
    @Tag("long")
    void swallowing() {
        Finding found = scene.play("network-holds-back-25s", () -> {
            passage.hold();
            pass(25);
            passage.free();
        });

        found.isBearable(Duration.ofSeconds(20), 4);
        assertThat(found.log()).anyMatch(line -> line.contains("no answer in time"));
    }
}
