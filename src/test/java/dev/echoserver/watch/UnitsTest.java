package dev.echoserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UnitsTest {
    @Test
    void areThoseOfBytes() {
        assertThat(Units.bytes(0)).isEqualTo("0 B");
        assertThat(Units.bytes(1023)).isEqualTo("1023 B");
        assertThat(Units.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Units.bytes(150.0 * (1 << 20))).isEqualTo("150 MiB");
        assertThat(Units.bytes(Math.pow(1024, 6))).isEqualTo("1048576 TiB");
    }

    @Test
    void areThoseOfTime() {
        assertThat(Units.time(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Units.time(Duration.ofSeconds(245))).isEqualTo("4:05 min");
        assertThat(Units.time(Duration.ofMinutes(432))).isEqualTo("7:12 h");
        assertThat(Units.time(Duration.ofHours(76))).isEqualTo("3 d 4 h");
    }
}
