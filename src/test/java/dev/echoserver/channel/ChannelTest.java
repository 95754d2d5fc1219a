package dev.echoserver.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChannelTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u0000", "a\u0085", "\ud800", "private-\udc00\ud800", "a\ud83d"})
    void whatCannotBeWrittenInOneLineOfUtf8IsNoName(String text) {
        assertThat(Channel.isName(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "gr\u00fc\u00dfe", "\ud83d\ude00", "a:b/c?d=e&f"})
    void anythingElseIsOne(String text) {
        assertThat(Channel.isName(text)).isTrue();
    }
}
