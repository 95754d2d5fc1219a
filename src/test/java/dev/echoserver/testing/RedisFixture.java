package dev.echoserver.testing;

import static org.junit.jupiter.api.Assertions.fail;

import dev.echoserver.config.RedisConfig;
import dev.echoserver.redis.LocalRedis;
import dev.echoserver.redis.RedisUnavailableException;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The Redis of a test: {@code REDIS_URL} if set, else a container if a Docker engine answers, else a {@link LocalRedis}.
 * Without any, the test is skipped, and fails where {@code CI=true}; there an engine that {@code DOCKER_HOST} names must
 * answer, so that nobody takes a run for one with containers that had none.
 */
public final class RedisFixture implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisFixture.class);
    private static final int PORT = 6379;
    private static final DockerImageName IMAGE = DockerImageName.parse("redis:7");

    private final RedisConfig settings;
    private final String origin;
    private final Runnable owner;

    private RedisFixture(RedisConfig settings, String origin, Runnable owner) {
        this.settings = settings;
        this.origin = origin;
        this.owner = owner;
        log.info("Redis for this test: origin={} address={}", origin, settings.address());
    }

    /** Decides and starts. */
    public static RedisFixture start() {
        Optional<String> url = Optional.ofNullable(System.getenv("REDIS_URL"));
        if (url.isPresent()) {
            return new RedisFixture(RedisConfig.ofUrl(url.get()), "REDIS_URL", () -> {});
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return container();
        }
        if (isEngineExpected()) {
            fail("DOCKER_HOST: " + System.getenv("DOCKER_HOST") + " (expected: a Docker engine that answers)");
        }
        LocalRedis redis = local();
        return new RedisFixture(redis.settings(), redis.origin(), redis::close);
    }

    private static boolean isEngineExpected() {
        return System.getenv("DOCKER_HOST") != null && "true".equals(System.getenv("CI"));
    }

    /** A Redis that the test may stop and restart. */
    public static LocalRedis local() {
        try {
            return LocalRedis.start();
        } catch (RedisUnavailableException e) {
            Assumptions.assumeTrue("true".equals(System.getenv("CI")), "No Redis here: " + e.getMessage());
            throw e;
        }
    }

    /** How to reach it; without a key prefix. */
    public RedisConfig settings() {
        return settings;
    }

    /** Which of them it is: {@code REDIS_URL}, {@code container}, or where the program of a {@link LocalRedis} is from. */
    public String origin() {
        return origin;
    }

    @Override
    public void close() {
        owner.run();
    }

    @SuppressWarnings("resource") // Closed by whoever closes the fixture.
    private static RedisFixture container() {
        GenericContainer<?> redis = new GenericContainer<>(IMAGE);
        redis.withExposedPorts(PORT).start();
        return new RedisFixture(RedisConfig.of(redis.getHost(), redis.getMappedPort(PORT)), "container", redis::stop);
    }
}
