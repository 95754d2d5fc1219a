package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echoserver.testing.RedisFixture;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeptPublisherIT {
    private final LocalRedis redis = RedisFixture.local();
    private final KeptPublisher publisher = new KeptPublisher(redis.settings().withKeyPrefix("app_"));

    @AfterEach
    void end() {
        publisher.close();
        redis.close();
    }

    @Test
    void publishesUnderThePrefixAgainAndAgain() {
        try (SourceUnderTest source = SourceUnderTest.open(redis.settings().withKeyPrefix("app_"))) {
            assertThat(publisher.publish("demo", event("1"))).isOne();
            assertThat(publisher.publish("demo", event("2"))).isOne();

            source.awaitTrace("demo 1", "demo 2");
        }
    }

    @Test
    void connectsAgainAfterALoss() {
        assertThat(publisher.publish("demo", new byte[0])).isZero();
        redis.kill();
        assertThatThrownBy(() -> publisher.publish("demo", new byte[0]))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining(redis.settings().address());

        redis.restart();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .ignoreExceptions()
                .until(() -> publisher.publish("demo", new byte[0]) == 0);
    }

    private static byte[] event(String data) {
        return ("{\"event\":\"e\",\"data\":" + data + "}").getBytes(UTF_8);
    }
}
