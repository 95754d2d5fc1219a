package dev.echoserver.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echoserver.doctor.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventFindingsTest {
    private static List<String> idsOf(String prefix, String... names) {
        return EventFindings.of(prefix, List.of(names), List.of()).stream()
                .map(Finding::id)
                .toList();
    }

    @Test
    void nameAnEmptyMessageUnderTheOwnPrefixAlone() {
        Overhearing heard = new Overhearing("app_", "app_probe");
        heard.message("app_private-orders".getBytes(UTF_8), new byte[0]);
        heard.message("other".getBytes(UTF_8), new byte[0]);
        heard.message("app_echo-server:whispers".getBytes(UTF_8), new byte[0]);

        assertThat(heard.own()).containsExactly("app_private-orders");
        assertThat(EventFindings.of("app_", heard.own(), heard.empty()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("redis.empty");
                    assertThat(finding.isFault()).isTrue();
                    assertThat(finding.what()).contains("\"app_private-orders\"");
                    assertThat(finding.cure()).singleElement().asString().contains("UTF-8", "NAN");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "app_, app_private-app_orders, redis.prefix-in-name",
        "app_, app_presence-my_app_orders, redis.prefix-in-name",
    })
    void nameAPrefixInsideTheNameOfAGuardedChannel(String prefix, String name, String id) {
        assertThat(idsOf(prefix, name)).containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource({"app_, app_private-orders", "app_, app_app_orders", "'', private-orders", "app_, app_"})
    void areNoneWhereAllIsWell(String prefix, String name) {
        assertThat(idsOf(prefix, name)).isEmpty();
    }
}
