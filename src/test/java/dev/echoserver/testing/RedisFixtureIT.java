package dev.echoserver.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;

final class RedisFixtureIT {

    @Test
    void isAContainerWhereAnEngineIsNamedAndAnswersInAnyCase() {
        boolean isEngineNamed = System.getenv("DOCKER_HOST") != null && System.getenv("REDIS_URL") == null;
        try (RedisFixture redis = RedisFixture.start();
                RedisClient client = RedisClient.create(RedisURI.create(
                        redis.settings().host(), redis.settings().port()))) {
            assertThat(client.connect().sync().ping()).isEqualTo("PONG");
            if (isEngineNamed) {
                assertThat(redis.origin()).isEqualTo("container");
            }
        }
    }
}
