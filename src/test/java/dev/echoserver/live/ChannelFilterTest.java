package dev.echoserver.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ChannelFilterTest {

    private static ChannelFilter of(String... names) {
        return new ChannelFilter(List.of(names));
    }

    @Test
    void takesAllWithoutNames() {
        assertThat(of().mayMean("a")).isTrue();
    }

    @Test
    void takesTheNamedOnesAndThoseThatBeginSo() {
        assertThat(of("a", "b").includes("b")).isTrue();
        assertThat(of("a").includes("ab")).isFalse();
        assertThat(of("a*").includes("ab")).isTrue();
        assertThat(of("a*").includes("b")).isFalse();
        assertThat(of("*").includes("b")).isTrue();
    }

    @Test
    void alsoTakesWhatMayBeMeantWithAnotherPrefix() {
        assertThat(of("private-x").mayMean("laravel_database_private-x")).isTrue();
        assertThat(of("laravel_database_private-x").mayMean("private-x")).isTrue();
        assertThat(of("private-x").mayMean("private-y")).isFalse();
        assertThat(of("x*").mayMean("laravel_x")).isFalse();
    }
}
