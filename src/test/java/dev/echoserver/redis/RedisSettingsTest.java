package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RedisSettingsTest {
    private final RedisSettings settings =
            RedisSettings.of("redis.example", 6380).withKeyPrefix("app_");

    @Test
    void neverShowThePassword() {
        assertThat(settings.withCredentials(Optional.of("echo"), "hunter2"))
                .hasToString(
                        "RedisSettings[redis.example:6380, username=echo, password=***, database=0, keyPrefix=app_]");
    }

    @Test
    void nameThePathIfThereIsOne() {
        assertThat(settings.address()).isEqualTo("redis.example:6380");
        assertThat(settings.withUnixSocketPath("/run/redis.sock").address()).isEqualTo("/run/redis.sock");
    }
}
