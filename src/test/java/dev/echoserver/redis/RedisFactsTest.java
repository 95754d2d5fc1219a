package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.config.RedisConfig;
import org.junit.jupiter.api.Test;

final class RedisFactsTest {
    private static final RedisConfig SETTINGS = RedisConfig.of("redis.example", 26379);

    @Test
    void namesASentinelInThePlaceOfRedis() {
        assertThat(RedisFacts.of("# Server\r\nredis_mode:sentinel\r\n").otherKind(SETTINGS))
                .hasValueSatisfying(finding -> assertThat(finding.cure())
                        .contains(
                                "    \"databaseConfig\": { \"redis\": { \"sentinels\": [{ \"host\": \"redis.example\","
                                        + " \"port\": 26379 }], \"name\": \"mymaster\" } }"));
    }

    @Test
    void namesANodeOfACluster() {
        assertThat(RedisFacts.of("redis_mode:cluster\r\n").otherKind(SETTINGS))
                .hasValueSatisfying(finding -> assertThat(finding.id()).isEqualTo("redis.cluster-node"));
    }

    @Test
    void isContentWithASingleServerOrWithoutAnAnswer() {
        assertThat(RedisFacts.of("redis_mode:standalone\r\n").otherKind(SETTINGS))
                .isEmpty();
        assertThat(RedisFacts.of("").otherKind(SETTINGS)).isEmpty();
        assertThat(RedisFacts.of("").eviction()).isEmpty();
    }

    @Test
    void warnsOfAMemoryLimitThatThrowsMembersAway() {
        assertThat(RedisFacts.of("maxmemory:1000\r\nmaxmemory_policy:allkeys-lru")
                        .eviction())
                .isPresent();
        assertThat(RedisFacts.of("maxmemory:0\r\nmaxmemory_policy:allkeys-lru").eviction())
                .isEmpty();
        assertThat(RedisFacts.of("maxmemory:1000\r\nmaxmemory_policy:volatile-lru")
                        .eviction())
                .isEmpty();
    }
}
