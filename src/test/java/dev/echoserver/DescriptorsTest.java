package dev.echoserver;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.echoserver.testing.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DescriptorsTest {

    @ParameterizedTest
    @CsvSource({"65536,40,128,65368,65112", "1024,40,128,856,749", "64,40,16,8,7", "16,40,4,1,1"})
    void leaveSomeForAllElseAndSomeConnectionsForAllButSessions(
            int max, int open, int reserve, int connections, int sessions) {
        Descriptors descriptors = new Descriptors(max, open, reserve);

        assertThat(descriptors.connections()).isEqualTo(connections);
        assertThat(descriptors.sessions()).isEqualTo(sessions);
    }

    @Test
    void areThoseOfThisProcess() {
        Descriptors descriptors = Descriptors.ofProcess(64);

        assertThat(descriptors.open()).isBetween(1, descriptors.max());
        assertThat(descriptors.reserve()).isLessThanOrEqualTo(128);
    }

    @Test
    void areAReasonToWarnIfThereAreFew() {
        try (CapturedLog log = CapturedLog.of(Descriptors.class)) {
            new Descriptors(4096, 40, 128).tell();
            assertThat(log.lines(Level.WARN)).isEmpty();

            new Descriptors(1024, 40, 128).tell();
            assertThat(log.lines(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("Only 1024 files", "only 749 browsers", "LimitNOFILE=65536", "ulimit -n 65536");
        }
    }
}
