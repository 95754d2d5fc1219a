package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.testing.RedisFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class LocalRedisIT {

    @Test
    void startsAndSaysWhichProgramItTook() {
        try (LocalRedis redis = RedisFixture.local()) {
            assertThat(redis.origin()).contains("redis-server");
            assertThat(publish(redis)).isZero();
        }
    }

    @Test
    void runsTheOneOnThePath() {
        Optional<RedisBinary> found = RedisBinary.on(System.getenv().getOrDefault("PATH", ""));
        Assumptions.assumeTrue(found.isPresent() || "true".equals(System.getenv("CI")), "No redis-server on the PATH");

        RedisBinary binary = found.orElseThrow();
        try (LocalRedis redis = LocalRedis.start(binary, LocalRedis.temporaryFolder(), List.of())) {
            assertThat(redis.origin()).isEqualTo(binary.file().toString());
            assertThat(publish(redis)).isZero();
        }
    }

    @Test
    void runsTheOneThatComesAlong() {
        Path folder = LocalRedis.temporaryFolder();

        try (LocalRedis redis = LocalRedis.start(RedisBinary.bundled(folder), folder, List.of())) {
            assertThat(redis.origin()).startsWith("bundled redis-server");
            assertThat(publish(redis)).isZero();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void keepsItsPortWhenItRestarts() {
        try (LocalRedis redis = RedisFixture.local()) {
            RedisConfig before = redis.settings();

            redis.kill();
            assertThatThrownBy(() -> publish(redis)).isInstanceOf(RedisUnavailableException.class);
            redis.restart();

            assertThat(redis.settings()).isEqualTo(before);
            assertThat(publish(redis)).isZero();
        }
    }

    @Test
    void endsWithItsFiles() {
        LocalRedis redis = RedisFixture.local();
        ProcessHandle process = redis.process();

        redis.close();
        redis.close();

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void saysWhyItDoesNotStart() {
        Path folder = LocalRedis.temporaryFolder();
        RedisBinary binary = RedisBinary.bundled(folder);

        assertThatThrownBy(() -> LocalRedis.start(binary, folder, List.of("--no-such-option", "1")))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining("bundled redis-server")
                .rootCause()
                .hasMessageContaining("no-such-option");
        assertThat(folder).doesNotExist();
    }

    @Test
    void isNotFoundOnAPathWithoutIt() {
        assertThat(RedisBinary.on("")).isEmpty();
        assertThat(RedisBinary.on("/nowhere")).isEmpty();
        assertThat(Files.isDirectory(Path.of("/nowhere"))).isFalse();
    }

    private static long publish(LocalRedis redis) {
        return RedisPublisher.publish(redis.settings(), "news", "{}".getBytes(UTF_8));
    }
}
