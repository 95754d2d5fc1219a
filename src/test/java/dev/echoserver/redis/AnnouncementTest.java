package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnnouncementTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\u0000", "presence-\\ud800"})
    void isNotAboutWhatIsNoChannel(String name) {
        String message = "[\"joining\",\"" + name + "\",\"1.1\",5,{\"user_id\":1}]";

        assertThat(Announcement.read(message.getBytes(UTF_8))).isEmpty();
    }
}
