package dev.echoserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RedisConfigTest {
    private final RedisConfig config = RedisConfig.of("redis.example", 6380).withKeyPrefix("app_");

    @Test
    void neverShowThePassword() {
        assertThat(config.withCredentials(Optional.of("echo"), "hunter2").toString())
                .contains("redis.example:6380", "login=echo", "keyPrefix=app_")
                .doesNotContain("hunter2");
    }

    @Test
    void nameThePathIfThereIsOne() {
        assertThat(config.address()).isEqualTo("redis.example:6380");
        assertThat(config.withPlace(new RedisPlace.SocketFile("/run/redis.sock"))
                        .address())
                .isEqualTo("/run/redis.sock");
    }

    @Test
    void readAUrl() {
        assertThat(RedisConfig.ofUrl("redis://redis.example")).isEqualTo(RedisConfig.of("redis.example", 6379));
        assertThat(RedisConfig.ofUrl("redis://:s3cret@redis.example:6380"))
                .isEqualTo(RedisConfig.of("redis.example", 6380).withCredentials(Optional.empty(), "s3cret"));
        assertThat(RedisConfig.ofUrl("redis://echo:s3cret@redis.example:6380"))
                .isEqualTo(RedisConfig.of("redis.example", 6380).withCredentials(Optional.of("echo"), "s3cret"));
    }
}
