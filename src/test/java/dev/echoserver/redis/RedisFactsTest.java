package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.config.RedisConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "'redis_version:7.2.4 server_name:valkey valkey_version:8.0.1 server_mode:standalone', Valkey 8.0.1",
        "'redis_version:7.4.0 dragonfly_version:df-v1.23.0', Dragonfly 1.23.0",
        "'redis_version:7.4.3 garnet_version:1.0.65', Garnet 1.0.65",
        "'redis_version:6.3.4 executable:/usr/bin/keydb-server', KeyDB 6.3.4",
        "'redis_version:7.0.15 executable:/usr/bin/redis-check-rdb', Redis 7.0.15"
    })
    void nameTheProgramAndNotTheRedisThatItIsLike(String info, String name) {
        assertThat(RedisFacts.of(info.replace(' ', '\n')).version()).isEqualTo(name);
    }

    @Test
    void namesANodeOfAClusterOfValkey() {
        assertThat(RedisFacts.of("server_mode:cluster\r\n").otherKind(SETTINGS))
                .hasValueSatisfying(finding -> assertThat(finding.id()).isEqualTo("redis.cluster-node"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, redis.no-slots, create",
        "10923, 0, redis.no-slots, fix",
        "16384, 5461, redis.node-away, CLUSTER NODES"
    })
    void knowAClusterThatDoesNotServeAllItsSlots(int assigned, int failed, String id, String cure) {
        String info = "cluster_slots_assigned:" + assigned + "\r\ncluster_slots_fail:" + failed;

        assertThat(RedisFacts.of(info).clusterTrouble()).hasValueSatisfying(finding -> {
            assertThat(finding.id()).isEqualTo(id);
            assertThat(finding.cure()).asString().contains(cure);
        });
    }

    @Test
    void areContentWithAClusterThatServesAllItsSlotsOrMayNotTell() {
        assertThat(RedisFacts.of("cluster_slots_assigned:16384\r\ncluster_slots_fail:0\r\n")
                        .clusterTrouble())
                .isEmpty();
        assertThat(RedisFacts.of("").clusterTrouble()).isEmpty();
    }
}
