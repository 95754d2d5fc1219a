package dev.echoserver.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PubSubBufferTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60",
                "normal 0 0 0 slave 0 0 0 pubsub 0 0 0",
                ""
            })
    void isContentWithMuchOrNoLimit(String limits) {
        assertThat(PubSubBuffer.judge(limits)).isEmpty();
    }

    @Test
    void warnsOfALimitThatOneEventReaches() {
        assertThat(PubSubBuffer.judge("normal 0 0 0 slave 0 0 0 pubsub 1048576 524288 60"))
                .hasValueSatisfying(finding -> assertThat(finding.cure())
                        .contains("and write into redis.conf: client-output-buffer-limit pubsub 32mb 8mb 60"));
    }
}
